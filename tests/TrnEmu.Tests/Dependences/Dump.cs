using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>A program of touches as text, for counter-examples.</summary>
internal static class Dump
{
    public static string Of(Program program) => string.Join(
        '\n', program.Cores.SelectMany((c, core) => c.Entries.Select((e, i) => $"{core}.{i} {Line(program, e)}")));

    private static string Line(Program program, Entry e)
    {
        var sink = new EffectSink();
        e.Operation.Effects(sink);
        var memory = Join(sink.Memory.ToArray(), m => $"{m.Kind} {program.TensorOf(m.Pattern).Name} {Text(m.Pattern)}");
        var state = Join(sink.State.ToArray(), s => $"{(s.IsWrite ? "writes" : "reads")} r{s.State.Number}");
        var waits = Join(e.Waits, w => $"{w.Semaphore.Core}:s{w.Semaphore.Number}>={w.Value}");
        var signals = Join(e.Signals, s => $"{s.Semaphore.Core}:s{s.Semaphore.Number}+{s.Amount}");
        return $"{e.Engine} q{e.Queue} {e.Operation.Info.Name} {memory} {state} wait {waits} signal {signals}";
    }

    private static string Text(AccessPattern p) =>
        $"p{p.StartPartition}+{p.Partitions}x{p.PartitionStep} @{p.Offset} {p.DType} [{p.Stride0},{p.Count0}]"
        + $"[{p.Stride1},{p.Count1}][{p.Stride2},{p.Count2}][{p.Stride3},{p.Count3}]";

    private static string Join<T>(IEnumerable<T> items, Func<T, string> text) => string.Join(", ", items.Select(text));
}
