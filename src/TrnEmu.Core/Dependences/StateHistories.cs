using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// Histories of engine state, such as registers. An engine uses its state in the order of issue, a DMA when it is
/// triggered, so that only steps of other engines conflict.
/// </summary>
internal sealed class StateHistories
{
    private readonly Dictionary<(int Core, EngineState State), History> _histories = [];

    /// <summary>Adds what a step's use of state conflicts with and is not known to have happened.</summary>
    public void Track(Step step, ReadOnlySpan<StateEffect> effects, List<Conflict> open)
    {
        foreach (var effect in effects)
        {
            var key = (step.Core, effect.State);
            if (_histories.TryGetValue(key, out var history)) Check(step, effect.IsWrite, history, open);
            _histories[key] = effect.IsWrite ? History.WrittenBy(step) : History.ReadBy(step, history);
        }
    }

    private static void Check(Step step, bool isWrite, History history, List<Conflict> open)
    {
        if (history.Writer is { } writer && !IsOrdered(writer, step)) open.Add(new Conflict(writer, -1, default, true));
        if (!isWrite) return;
        foreach (var reader in history.Readers)
        {
            if (!IsOrdered(reader, step)) open.Add(new Conflict(reader, -1, default, false));
        }
    }

    private static bool IsOrdered(Step earlier, Step later) =>
        earlier.Issue.Component == later.Issue.Component || later.Known.Has(earlier.Issue)
        || earlier.IsCompleteIn(later.Known);
}
