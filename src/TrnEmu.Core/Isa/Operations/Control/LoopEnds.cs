using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>Where the loops of a core end.</summary>
public sealed class LoopEnds
{
    private const int Deepest = 64;
    private readonly Dictionary<int, int> _ends = [];
    private readonly List<Diagnostic> _findings = [];

    /// <summary>Pairs each loop with its end; what has no other half is a finding.</summary>
    public LoopEnds(ReadOnlySpan<Entry> entries)
    {
        var open = new Stack<int>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Operation is not IControlFlow control) continue;
            if (control.Nesting > 0)
            {
                open.Push(i);
                if (open.Count == Deepest + 1) _findings.Add(TooDeep(entries[i].Operation));
            }
            else if (open.TryPop(out var begin)) _ends.Add(begin, i);
            else _findings.Add(WithoutLoop(entries[i].Operation));
        }

        foreach (var begin in open.Reverse())
            _findings.Add(Alone(entries[begin].Operation, "no end_loop follows on its core"));
    }

    /// <summary>TRN2455 for each loop without an end and each end without a loop; TRN2459 where they nest too deep.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Number of loops.</summary>
    public int Count => _ends.Count;

    /// <summary>Index of the end_loop of the loop at an index.</summary>
    public int this[int begin] => _ends[begin];

    /// <summary>TRN2455 of an end_loop.</summary>
    internal static Diagnostic WithoutLoop(Operation end) => Alone(end, "no loop begins before it on its core");

    private static Diagnostic TooDeep(Operation loop) => Diagnostic.Error(
        LoopCodes.Depth, $"{loop.Info.Name} stands in {Deepest} loops, limit {Deepest - 1}", loop.Span);

    private static Diagnostic Alone(Operation operation, string why) =>
        Diagnostic.Error(LoopCodes.Nesting, $"{operation.Info.Name}: {why}", operation.Span);
}
