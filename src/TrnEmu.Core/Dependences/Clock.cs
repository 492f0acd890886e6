using System.Numerics.Tensors;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// A vector clock: for each engine how many of its operations, for each semaphore how many of its signals, are known to
/// have completed. Immutable, so that steps share it.
/// </summary>
public sealed class Clock
{
    private readonly int[] _counts;

    private Clock(int[] counts) => _counts = counts;

    /// <summary>Nothing is known.</summary>
    public static Clock Zero { get; } = new([]);

    /// <summary>Known completions of a component.</summary>
    public int this[int component] => component < _counts.Length ? _counts[component] : 0;

    /// <summary>True when the mark has been reached.</summary>
    public bool Has(in Mark mark) => this[mark.Component] >= mark.Count;

    /// <summary>What either knows, and that the mark has been reached.</summary>
    public Clock With(Clock other, in Mark mark)
    {
        var counts = new int[Math.Max(mark.Component + 1, Math.Max(_counts.Length, other._counts.Length))];
        _counts.CopyTo(counts, 0);
        TensorPrimitives.Max(counts.AsSpan(0, other._counts.Length), other._counts, counts);
        counts[mark.Component] = Math.Max(counts[mark.Component], mark.Count);
        return new Clock(counts);
    }

    /// <summary>
    /// What is known once a step has completed: this, what the step knew when it started, and the step.
    /// </summary>
    public Clock After(Step completed)
    {
        var known = completed.Known._counts;
        var length = Math.Max(_counts.Length, known.Length);
        foreach (var mark in completed.Completions) length = Math.Max(length, mark.Component + 1);
        var counts = new int[length];
        _counts.CopyTo(counts, 0);
        TensorPrimitives.Max(counts.AsSpan(0, known.Length), known, counts);
        foreach (var (component, count) in completed.Completions)
            counts[component] = Math.Max(counts[component], count);
        return new Clock(counts);
    }
}
