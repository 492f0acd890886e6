using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Fills the arrays of what engines execute, all lanes at once.</summary>
internal sealed class LaneFiller
{
    private readonly ExpansionLog _log;
    private readonly SemaphoreTable _semaphores;
    private readonly StepKind[] _kindOfWork;
    private readonly Cursor[] _next;

    public LaneFiller(ExpandedProgram expanded, SemaphoreTable semaphores)
    {
        _log = expanded.Log;
        _log.Rewind();
        _semaphores = semaphores;
        _kindOfWork = Array.ConvertAll(expanded.Works.Works, w => KindOf(w.Instruction.Class));
        _next = new Cursor[expanded.Lanes.Length];
        Base = new int[_next.Length + 1];
        var end = default(Cursor);
        for (var i = 0; i < _next.Length; i++)
        {
            _next[i] = end;
            end.Instruction += expanded.Lanes[i].Instructions;
            end.Wait += expanded.Lanes[i].Waits;
            end.Signal += expanded.Lanes[i].Signals;
            Base[i + 1] = end.Instruction;
        }

        WorkOf = GC.AllocateUninitializedArray<int>(end.Instruction);
        Kinds = GC.AllocateUninitializedArray<StepKind>(end.Instruction);
        EntryOf = GC.AllocateUninitializedArray<int>(end.Instruction);
        TransferOf = GC.AllocateUninitializedArray<int>(end.Instruction);
        WaitEnd = GC.AllocateUninitializedArray<int>(end.Instruction);
        SignalEnd = GC.AllocateUninitializedArray<int>(end.Instruction);
        WaitSemaphore = GC.AllocateUninitializedArray<int>(end.Wait);
        WaitValue = GC.AllocateUninitializedArray<int>(end.Wait);
        SignalSemaphore = GC.AllocateUninitializedArray<int>(end.Signal);
        SignalAmount = GC.AllocateUninitializedArray<int>(end.Signal);
    }

    public int[] Base { get; }

    public int[] WorkOf { get; }

    public StepKind[] Kinds { get; }

    public int[] EntryOf { get; }

    public int[] TransferOf { get; }

    public int[] WaitEnd { get; }

    public int[] WaitSemaphore { get; }

    public int[] WaitValue { get; }

    public int[] SignalEnd { get; }

    public int[] SignalSemaphore { get; }

    public int[] SignalAmount { get; }

    /// <summary>Adds an operation's next instructions; the first waits, the last signals.</summary>
    public void Add(
        int lane, int entry, int instructions, ReadOnlySpan<Wait> waits, ReadOnlySpan<Signal> signals, int transfer)
    {
        ref var next = ref _next[lane];
        foreach (ref readonly var wait in waits)
        {
            WaitSemaphore[next.Wait] = _semaphores.NumberOf(wait.Semaphore);
            WaitValue[next.Wait++] = wait.Value;
        }

        var first = StepKind.First;
        for (var end = next.Instruction + instructions; next.Instruction < end; next.Instruction++)
        {
            var i = next.Instruction;
            var work = WorkOf[i] = _log.Next();
            var kind = _kindOfWork[work];
            Kinds[i] = kind | first;
            EntryOf[i] = entry;
            TransferOf[i] = kind == StepKind.Trigger ? transfer : -1;
            WaitEnd[i] = next.Wait;
            SignalEnd[i] = next.Signal;
            first = 0;
        }

        foreach (ref readonly var signal in signals)
        {
            SignalSemaphore[next.Signal] = _semaphores.NumberOf(signal.Semaphore);
            SignalAmount[next.Signal++] = signal.Amount;
        }

        Kinds[next.Instruction - 1] |= StepKind.Last;
        SignalEnd[next.Instruction - 1] = next.Signal;
    }

    private static StepKind KindOf(CostClass cost) => cost switch
    {
        CostClass.LoadStationary => StepKind.Load,
        CostClass.MultiplyMoving or CostClass.TransposeMoving => StepKind.Move,
        CostClass.DmaTrigger => StepKind.Trigger,
        _ => StepKind.Plain,
    };

    /// <summary>What a lane is filled with next.</summary>
    private struct Cursor
    {
        public int Instruction, Wait, Signal;
    }
}
