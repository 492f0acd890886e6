using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// Reorders the entries of one core between its fences: what begins or ends a loop, what meets other cores, what waits
/// or signals already.
/// </summary>
internal sealed class CoreSchedule(Program program, int core, Chip chip, IOperationCosts? costs)
{
    /// <summary>Fewer entries than this have one order that matters.</summary>
    private const int LeastEntries = 2;

    private readonly CoreProgram _core = program.Cores[core];

    /// <summary>
    /// For each rule the entries in their new order, as indices; null when they do not fit into the memory in program
    /// order.
    /// </summary>
    public int[][]? Orders(bool[] isConstant, ReadOnlySpan<ListRule> rules)
    {
        var residents = new Residents(program, core, chip);
        if (Budget(residents.Sbuf, MemorySpace.Sbuf) is not { } sbuf) return null;
        if (Budget(residents.Psum, MemorySpace.Psum) is not { } psum) return null;
        var orders = new int[rules.Length][];
        for (var rule = 0; rule < rules.Length; rule++) orders[rule] = [.. Enumerable.Range(0, _core.Entries.Count)];
        var builder = new GraphBuilder(program, core, isConstant);
        for (var start = 0; start < _core.Entries.Count; start++)
        {
            var end = start;
            while (end < _core.Entries.Count && !IsFence(_core.Entries.Span[end])) end++;
            if (end - start >= LeastEntries)
            {
                var (graph, pieces) = (builder.Build(start, end), Pieces(start, end));
                for (var rule = 0; rule < rules.Length; rule++)
                {
                    var room = new RoomKeeper(residents, start, end, sbuf, psum);
                    Fill(orders[rule], start, ListOrder.Of(graph, pieces, room, rules[rule]));
                }
            }

            start = end;
        }

        return orders;
    }

    private static void Fill(int[] order, int start, IReadOnlyList<int> stretch)
    {
        for (var i = 0; i < stretch.Count; i++) order[start + i] = start + stretch[i];
    }

    private Piece[] Pieces(int start, int end)
    {
        var pieces = new Piece[end - start];
        for (var i = start; i < end; i++) pieces[i - start] = PieceOf(_core.Entries.Span[i]);
        return pieces;
    }

    private Piece PieceOf(in Entry entry)
    {
        var isDma = entry.Operation.Info.Attribute.IsDma;
        return new Piece(entry.Engine, isDma, costs?.Of(program, entry) ?? new OperationCost(1, 1, isDma ? 1 : 0));
    }

    /// <summary>
    /// Half of a memory, or what program order needs if that is more: the other half lets addresses rotate, so that
    /// tensors that follow each other need not wait for each other's bytes.
    /// </summary>
    private long? Budget(long[] live, MemorySpace space)
    {
        long capacity = space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition;
        foreach (var pinned in program.Tensors.Span)
        {
            if (pinned.IsPinned && pinned.Space == space && pinned.Core == core) capacity -= pinned.BytesPerPartition;
        }

        var need = live.Max();
        return need > capacity ? null : Math.Max(need, capacity / 2);
    }

    private static bool IsFence(in Entry entry) =>
        entry.Operation is IControlFlow or IMeeting || entry.Waits.Count > 0 || entry.Signals.Count > 0;
}
