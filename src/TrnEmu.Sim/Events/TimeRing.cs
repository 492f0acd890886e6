using System.Runtime.CompilerServices;

namespace TrnEmu.Sim.Events;

/// <summary>
/// Times of things that are numbered as they come and gone in the same order: holds those in between, few at a time,
/// and grows but never shrinks.
/// </summary>
internal sealed class TimeRing
{
    private long[] _times = new long[64];

    /// <summary>The time of one that is held.</summary>
    public long this[int number] => _times[number & (_times.Length - 1)];

    /// <summary>Holds a further one.</summary>
    /// <param name="number">Its number, one more than the last one's.</param>
    /// <param name="first">Number of the first that is still held.</param>
    /// <param name="time">Its time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int number, int first, long time)
    {
        if (number - first == _times.Length) Grow(first);
        _times[number & (_times.Length - 1)] = time;
    }

    private void Grow(int first)
    {
        var grown = new long[2 * _times.Length];
        for (var number = first; number < first + _times.Length; number++)
            grown[number & (grown.Length - 1)] = this[number];
        _times = grown;
    }
}
