using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Reports;

/// <summary>
/// Bytes that the operations of core 0 read from and write to a memory, each element counted as often as it is named; an
/// accumulating matmul reads and writes what it adds to.
/// </summary>
/// <param name="Read">Bytes read.</param>
/// <param name="Written">Bytes written, or perhaps written where values decide.</param>
internal readonly record struct Traffic(long Read, long Written)
{
    /// <summary>Adds up one memory of a program.</summary>
    public static Traffic Of(Program program, MemorySpace space)
    {
        var effects = new EffectSink();
        long read = 0, written = 0;
        foreach (ref readonly var entry in program.Cores[0].Entries.Span)
        {
            effects.Clear();
            entry.Operation.Effects(effects);
            foreach (ref readonly var effect in effects.Memory)
            {
                if (program.SpaceOf(effect.Pattern) != space) continue;
                var bytes = effect.Pattern.Partitions * effect.Pattern.BytesPerPartition;
                if (effect.Reads) read += bytes;
                if (effect.Writes) written += bytes;
            }
        }

        return new Traffic(read, written);
    }
}
