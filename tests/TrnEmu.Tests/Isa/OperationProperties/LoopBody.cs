using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// A small body for an operation that begins or ends a loop: it counts its iterations in a register, stores registers,
/// writes the loop's own register, and has perhaps a loop inside.
/// </summary>
internal static class LoopBody
{
    /// <summary>Iterations that a test waits for.</summary>
    public const int Most = 60;

    private const int Counter = 120;
    private const int Inner = 121;
    private const int Chain = 122;
    private const int Limit = 124;

    /// <summary>The entries with a body, if the operation needs one.</summary>
    public static List<Entry> Around(Draw draw, Entry entry, List<Entry> entries) => entry.Operation switch
    {
        Loop loop => [.. entries.SelectMany(e => e == entry ? [e, .. Body(draw, loop.I), New(new EndLoop())] : (Entry[])[e])],
        WhileLoop loop => [.. Flags(draw), .. entries.SelectMany(e => e == entry ? While(draw, e, loop.Condition) : [e])],
        EndLoop => [.. entries.SelectMany(e => e == entry ? End(draw, e) : [e])],
        _ => entries,
    };

    /// <summary>How often a loop of a trial runs, as far as its operation says.</summary>
    public static long Iterations(Trial trial) => trial.Subject.Operation is Loop loop
        ? Math.Max(0, Value(loop.Stop, trial) - Value(loop.Start, trial)) / Math.Max(1, loop.Step) : 0;

    private static long Value(IntegerOperand operand, Trial trial) => operand.Register is { } register
        ? trial.Program.Cores[0].Entries.Select(e => e.Operation).OfType<RegisterMove>()
            .Where(m => m.Dst == register).Select(m => (long)m.Src.Value).FirstOrDefault()
        : operand.Value;

    private static Entry[] End(Draw draw, Entry entry)
    {
        var i = new Register(draw.Int(0, 100));
        var start = draw.Int(-3, 3);
        return [New(new Loop(i, start, start + draw.Int(-1, 4), draw.Int(1, 3))), .. Body(draw, i), entry];
    }

    /// <summary>The condition goes through up to three values before it is 0.</summary>
    private static Entry[] While(Draw draw, Entry entry, Register condition) =>
    [
        entry, .. Body(draw, condition),
        New(new RegisterMove(condition, new Register(Chain))),
        New(new RegisterMove(new Register(Chain), new Register(Chain + 1))),
        New(new RegisterMove(new Register(Chain + 1), 0)),
        New(new EndLoop()),
    ];

    private static Entry[] Flags(Draw draw) =>
        [.. Enumerable.Range(Chain, 2).Select(r => New(new RegisterMove(new Register(r), draw.Int(-1, 1))))];

    private static List<Entry> Body(Draw draw, Register i)
    {
        var (counter, inner) = (new Register(Counter), new Register(Inner));
        var body = new List<Entry> { Store(draw, i), New(new RegisterMove(counter, i)) };
        if (draw.Chance(50)) body.Add(New(new RegisterMove(i, draw.Int(-5, 5))));
        if (!draw.Chance(40)) return body;
        body.Add(New(new RegisterMove(new Register(Limit), draw.Int(-1, 3))));
        body.Add(New(new Loop(inner, draw.Int(0, 1), new Register(Limit), draw.Int(1, 2))));
        body.Add(Store(draw, inner));
        body.Add(New(new EndLoop()));
        return body;
    }

    private static Entry Store(Draw draw, Register register) => New(new RegisterStore(
        draw.Tile(draw.Of(MemorySpace.Hbm, MemorySpace.Sbuf), draw.Integer(), 1, 1, Use.Dma), register));

    private static Entry New(Operation operation) => new(operation, Engine.Sync);
}
