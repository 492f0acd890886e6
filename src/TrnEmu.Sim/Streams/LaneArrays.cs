namespace TrnEmu.Sim.Streams;

/// <summary>The arrays of all lanes, one lane after the other.</summary>
internal sealed class LaneArrays
{
    /// <summary>Joins lanes.</summary>
    public LaneArrays(ReadOnlySpan<LaneBuilder> lanes, RecipeTable recipes, bool hasTransfers)
    {
        Base = new int[lanes.Length + 1];
        var (waits, signals) = (0, 0);
        for (var i = 0; i < lanes.Length; i++)
        {
            Base[i + 1] = Base[i] + lanes[i].Instructions;
            waits += lanes[i].Waits.Count;
            signals += lanes[i].Signals.Count;
        }

        WorkOf = New<int>(Base[^1]);
        Kinds = New<StepKind>(Base[^1]);
        EntryOf = New<int>(Base[^1]);
        TransferOf = New<int>(hasTransfers ? Base[^1] : 0);
        WaitEnd = New<int>(Base[^1]);
        SignalEnd = New<int>(Base[^1]);
        (WaitSemaphore, WaitValue) = (New<int>(waits), New<int>(waits));
        (SignalSemaphore, SignalAmount) = (New<int>(signals), New<int>(signals));
        (waits, signals) = (0, 0);
        for (var i = 0; i < lanes.Length; i++)
        {
            Unroll(lanes[i].Steps, recipes, Base[i], waits, signals);
            Copy(lanes[i].Waits, WaitSemaphore, WaitValue, ref waits);
            Copy(lanes[i].Signals, SignalSemaphore, SignalAmount, ref signals);
        }
    }

    public int[] Base { get; }

    public int[] WorkOf { get; }

    public StepKind[] Kinds { get; }

    public int[] EntryOf { get; }

    /// <summary>Holds something for triggers only.</summary>
    public int[] TransferOf { get; }

    public int[] WaitEnd { get; }

    public int[] WaitSemaphore { get; }

    public int[] WaitValue { get; }

    public int[] SignalEnd { get; }

    public int[] SignalSemaphore { get; }

    public int[] SignalAmount { get; }

    private void Unroll(PieceList<LaneStep> steps, RecipeTable recipes, int at, int firstWait, int firstSignal)
    {
        var (workOf, kinds, entryOf, waitEnds, signalEnds) = (WorkOf, Kinds, EntryOf, WaitEnd, SignalEnd);
        var all = recipes.All;
        var works = recipes.WorkOf;
        var kindsOfAll = recipes.Kinds;
        var signalEnd = firstSignal;
        for (var p = 0; p < steps.Pieces; p++)
        {
            foreach (ref readonly var step in steps.Piece(p))
            {
                ref readonly var recipe = ref all[step.Recipe];
                var (from, last) = (recipe.First, recipe.First + recipe.Length - 1);
                var waitEnd = firstWait + step.WaitEnd;
                for (; ; from++, at++)
                {
                    if (from == last) signalEnd = firstSignal + step.SignalEnd;
                    workOf[at] = works[from];
                    kinds[at] = kindsOfAll[from];
                    entryOf[at] = step.Entry;
                    waitEnds[at] = waitEnd;
                    signalEnds[at] = signalEnd;
                    if (from == last) break;
                }

                at++;
            }
        }
    }

    private static void Copy(PieceList<LaneCount> counts, int[] semaphores, int[] values, ref int at)
    {
        for (var p = 0; p < counts.Pieces; p++)
        {
            foreach (var count in counts.Piece(p)) (semaphores[at], values[at++]) = (count.Semaphore, count.Value);
        }
    }

    private static T[] New<T>(int length) => GC.AllocateUninitializedArray<T>(length);
}
