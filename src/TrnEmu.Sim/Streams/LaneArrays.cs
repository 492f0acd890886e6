using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>The arrays of all lanes, one lane after the other.</summary>
internal sealed class LaneArrays
{
    private readonly StepKind[] _kindOfWork;

    /// <summary>Joins lanes.</summary>
    public LaneArrays(ReadOnlySpan<LaneBuilder> lanes, ReadOnlySpan<Work> works)
    {
        _kindOfWork = new StepKind[works.Length];
        for (var i = 0; i < works.Length; i++) _kindOfWork[i] = KindOf(works[i].Instruction.Class);
        Base = new int[lanes.Length + 1];
        var (waits, signals) = (0, 0);
        for (var i = 0; i < lanes.Length; i++)
        {
            Base[i + 1] = Base[i] + lanes[i].Steps.Count;
            waits += lanes[i].Waits.Count;
            signals += lanes[i].Signals.Count;
        }

        WorkOf = New<int>(Base[^1]);
        Kinds = New<StepKind>(Base[^1]);
        EntryOf = New<int>(Base[^1]);
        TransferOf = New<int>(Base[^1]);
        WaitEnd = New<int>(Base[^1]);
        SignalEnd = New<int>(Base[^1]);
        (WaitSemaphore, WaitValue) = (New<int>(waits), New<int>(waits));
        (SignalSemaphore, SignalAmount) = (New<int>(signals), New<int>(signals));
        TransferOf.AsSpan().Fill(-1);
        (waits, signals) = (0, 0);
        for (var i = 0; i < lanes.Length; i++)
        {
            Copy(lanes[i].Steps, Base[i], waits, signals);
            Copy(lanes[i].Waits, WaitSemaphore, WaitValue, ref waits);
            Copy(lanes[i].Signals, SignalSemaphore, SignalAmount, ref signals);
        }
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

    private void Copy(PieceList<LaneStep> steps, int at, int firstWait, int firstSignal)
    {
        for (var p = 0; p < steps.Pieces; p++)
        {
            var piece = steps.Piece(p);
            var workOf = WorkOf.AsSpan(at, piece.Length);
            var kinds = Kinds.AsSpan(at, piece.Length);
            var entryOf = EntryOf.AsSpan(at, piece.Length);
            var waitEnd = WaitEnd.AsSpan(at, piece.Length);
            var signalEnd = SignalEnd.AsSpan(at, piece.Length);
            for (var i = 0; i < piece.Length; i++)
            {
                ref readonly var step = ref piece[i];
                workOf[i] = step.Work;
                kinds[i] = _kindOfWork[step.Work] | step.Place;
                entryOf[i] = step.Entry;
                waitEnd[i] = firstWait + step.WaitEnd;
                signalEnd[i] = firstSignal + step.SignalEnd;
            }

            at += piece.Length;
        }
    }

    private static void Copy(PieceList<LaneCount> counts, int[] semaphores, int[] values, ref int at)
    {
        for (var p = 0; p < counts.Pieces; p++)
        {
            foreach (var count in counts.Piece(p)) (semaphores[at], values[at++]) = (count.Semaphore, count.Value);
        }
    }

    private static StepKind KindOf(CostClass cost) => cost switch
    {
        CostClass.LoadStationary => StepKind.Load,
        CostClass.MultiplyMoving or CostClass.TransposeMoving => StepKind.Move,
        CostClass.DmaTrigger => StepKind.Trigger,
        _ => StepKind.Plain,
    };

    private static T[] New<T>(int length) => GC.AllocateUninitializedArray<T>(length);
}
