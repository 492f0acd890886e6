using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Collects what one engine of one core executes.</summary>
internal sealed class LaneBuilder
{
    public List<Instruction> Instructions { get; } = [];

    public List<StepKind> Kinds { get; } = [];

    public List<int> Entries { get; } = [];

    public List<int> Transfers { get; } = [];

    public List<int> WaitCounts { get; } = [];

    public List<Wait> Waits { get; } = [];

    public List<int> SignalCounts { get; } = [];

    public List<Signal> Signals { get; } = [];

    /// <summary>Adds an operation's instructions; a transfer keeps the signals for itself.</summary>
    public void Add(int entry, in Entry placed, ReadOnlySpan<Instruction> instructions, int transfer)
    {
        for (var i = 0; i < instructions.Length; i++)
        {
            var isFirst = i == 0;
            var isLast = i == instructions.Length - 1;
            var kind = KindOf(instructions[i].Class);
            Instructions.Add(instructions[i]);
            Kinds.Add(kind | (isFirst ? StepKind.First : 0) | (isLast ? StepKind.Last : 0));
            Entries.Add(entry);
            Transfers.Add(kind == StepKind.Trigger ? transfer : -1);
            WaitCounts.Add(isFirst ? placed.Waits.Count : 0);
            SignalCounts.Add(isLast && transfer < 0 ? placed.Signals.Count : 0);
        }

        Waits.AddRange(placed.Waits.Span);
        if (transfer < 0) Signals.AddRange(placed.Signals.Span);
    }

    private static StepKind KindOf(CostClass cost) => cost switch
    {
        CostClass.LoadStationary => StepKind.Load,
        CostClass.MultiplyMoving or CostClass.TransposeMoving => StepKind.Move,
        CostClass.DmaTrigger => StepKind.Trigger,
        _ => StepKind.Plain,
    };
}
