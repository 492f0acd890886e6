using System.Runtime.CompilerServices;

namespace TrnEmu.Sim.Events;

/// <summary>The semaphores: their values, and which engines wait for each.</summary>
/// <param name="semaphores">Number of semaphores.</param>
internal sealed class SemaphoreCounts(int semaphores)
{
    private readonly ulong[] _waiters = new ulong[semaphores];

    /// <summary>Their values.</summary>
    public long[] Values { get; } = new long[semaphores];

    /// <summary>True when a semaphore has reached a value; else the lane counts as one that waits for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasReached(int semaphore, long value, int lane)
    {
        if (Values[semaphore] >= value) return true;
        _waiters[semaphore] |= 1UL << lane;
        return false;
    }

    /// <summary>Adds to a semaphore; returns the lanes that wait for it, a bit for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Add(int semaphore, long amount, out long value)
    {
        value = Values[semaphore] += amount;
        return _waiters[semaphore];
    }

    /// <summary>A lane waits no longer.</summary>
    public void Forget(int semaphore, int lane) => _waiters[semaphore] &= ~(1UL << lane);
}
