using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Tests.Dependences;

/// <summary>A program of touches as text, for counter-examples.</summary>
internal static class Dump
{
    public static string Of(Program program) => string.Join('\n', program.Cores.SelectMany((c, k) => c.Entries.Select((e, i) => Line(program, k, i, e))));

    private static string Line(Program program, int core, int index, Entry e)
    {
        var sink = new EffectSink();
        e.Operation.Effects(sink);
        var memory = string.Join(", ", sink.Memory.ToArray().Select(m => $"{m.Kind} {program.TensorOf(m.Pattern).Name} p{m.Pattern.StartPartition}+{m.Pattern.Partitions}x{m.Pattern.PartitionStep} @{m.Pattern.Offset} {m.Pattern.DType} [{m.Pattern.Stride0},{m.Pattern.Count0}][{m.Pattern.Stride1},{m.Pattern.Count1}][{m.Pattern.Stride2},{m.Pattern.Count2}][{m.Pattern.Stride3},{m.Pattern.Count3}]"));
        var state = string.Join(", ", sink.State.ToArray().Select(s => $"{(s.IsWrite ? "writes" : "reads")} r{s.State.Number}"));
        var waits = string.Join(", ", e.Waits.Select(w => $"{w.Semaphore.Core}:s{w.Semaphore.Number}>={w.Value}"));
        var signals = string.Join(", ", e.Signals.Select(w => $"{w.Semaphore.Core}:s{w.Semaphore.Number}+{w.Amount}"));
        return $"{core}.{index} {e.Engine} q{e.Queue} {e.Operation.Info.Name} {memory} {state} wait {waits} signal {signals}";
    }
}
