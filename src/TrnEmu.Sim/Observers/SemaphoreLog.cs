using TrnEmu.Core.Dependences;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>
/// What has been added to one semaphore, and what reaching a value proves. Signals fall into groups: a signal that
/// comes provably after all of the last group begins a new one, otherwise it joins the group. Within a group the order
/// is open, so that a value proves a group only when no member can be missing from it.
/// </summary>
internal sealed class SemaphoreLog
{
    private readonly List<Added> _signals = [];
    private readonly List<int> _components = [];
    private int _groups;

    /// <summary>Somebody whose wait relies on all of the last group.</summary>
    public Step? Relying { get; private set; }

    /// <summary>
    /// A step adds to the semaphore when it completes. Returns a member of the last group that may complete after it
    /// although somebody relies on the group; null when the use is sound.
    /// </summary>
    /// <param name="step">The step, with what it knows.</param>
    /// <param name="amount">How much it adds.</param>
    /// <param name="newComponent">Makes a clock component.</param>
    public Step? Signal(Step step, int amount, Func<int> newComponent)
    {
        var first = _signals.Count == 0 ? 0 : _signals[^1].GroupStart;
        var pending = Pending(first, step);
        if (pending is not null && Relying is not null) return pending;
        if (pending is null)
        {
            first = _signals.Count;
            _groups++;
            Relying = null;
        }

        var place = _signals.Count - first;
        if (step.IsDma)
        {
            while (_components.Count <= place) _components.Add(newComponent());
            step.Completions = [.. step.Completions, new Mark(_components[place], _groups)];
        }

        var end = (_signals.Count == 0 ? 0 : _signals[^1].End) + amount;
        _signals.Add(new Added(step, amount, end, first));
        return null;
    }

    /// <summary>What a waiter knows once the semaphore has reached a value.</summary>
    public Clock Reached(int value, Step waiter, Clock known)
    {
        var (first, end) = Group(Find(value));
        if (first >= end) return known;
        if (!IsProved(first, end, value)) return first == 0 ? known : After(Group(first - 1), known);
        if (end == _signals.Count) Relying = waiter;
        return After((first, end), known);
    }

    /// <summary>The semaphore is 0 again, and everything that was added has been waited for.</summary>
    public void Reset()
    {
        _signals.Clear();
        Relying = null;
    }

    private Step? Pending(int first, Step step)
    {
        for (var i = first; i < _signals.Count; i++)
        {
            var earlier = _signals[i].Step;
            if (!earlier.SharesEngineWith(step) && !earlier.IsCompleteIn(step.Known)) return earlier;
        }

        return null;
    }

    /// <summary>Index of the first signal with which the value is reached; the last one when it never is.</summary>
    private int Find(int value)
    {
        int low = 0, high = _signals.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_signals[middle].End >= value) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private (int First, int End) Group(int index)
    {
        if (_signals.Count == 0) return (0, 0);
        var first = _signals[index].GroupStart;
        var end = index + 1;
        while (end < _signals.Count && _signals[end].GroupStart == first) end++;
        return (first, end);
    }

    private bool IsProved(int first, int end, int value)
    {
        for (var i = first; i < end; i++)
        {
            if (_signals[end - 1].End - _signals[i].Smallest >= value) return false;
        }

        return true;
    }

    /// <summary>Members know of earlier groups, each of all of the group before.</summary>
    private Clock After((int First, int End) group, Clock known)
    {
        for (var i = group.First; i < group.End; i++)
        {
            if (!_signals[i].Step.IsCompleteIn(known)) known = known.After(_signals[i].Step);
        }

        return known;
    }

    private readonly record struct Added(Step Step, int Amount, int End, int GroupStart)
    {
        /// <summary>
        /// The least that is missing while it has not completed: one engine's share of a DMA; of nothing, nothing.
        /// </summary>
        public int Smallest => Step.IsDma && Amount > 0 ? Math.Max(1, Amount / Limits.DmaEngines) : Amount;
    }
}
