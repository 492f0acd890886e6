using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Tells waits for data from waits for a buffer: who waits does not read what the other wrote, it is about to overwrite
/// memory that the other still used. With another buffer it need not wait.
/// </summary>
public sealed class BufferWaits(Program program)
{
    private readonly EffectSink _before = new();
    private readonly EffectSink _after = new();

    /// <summary>True when the second operation waits only until the first has finished with a buffer.</summary>
    public bool IsBuffer(Operation before, Operation after)
    {
        _before.Clear();
        _after.Clear();
        before.Effects(_before);
        after.Effects(_after);
        var overwrites = false;
        foreach (ref readonly var old in _before.Memory)
        {
            foreach (ref readonly var next in _after.Memory)
            {
                if (!Overlap(old.Pattern, next.Pattern)) continue;
                if (old.Writes && next.Reads) return false;
                overwrites |= next.Writes;
            }
        }

        return overwrites;
    }

    private bool Overlap(in AccessPattern a, in AccessPattern b)
    {
        if (a.Tensor == b.Tensor) return true;
        var (x, y) = (program.TensorOf(a), program.TensorOf(b));
        return x.Space == y.Space && x.Core == y.Core && x.Address is { } left && y.Address is { } right
            && left.Byte < right.Byte + y.BytesPerPartition && right.Byte < left.Byte + x.BytesPerPartition
            && left.Partition < right.Partition + y.Partitions && right.Partition < left.Partition + x.Partitions;
    }
}
