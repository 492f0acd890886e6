using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the semaphores of all cores without gaps, in the order in which they come.</summary>
/// <remarks>
/// Programs number semaphores from 0, so that most are found by their place in an array; it grows no further than to
/// <see cref="Dense"/>, whatever number a program names.
/// </remarks>
internal sealed class SemaphoreTable(int cores)
{
    private const int Dense = 1 << 16;

    private readonly int[][] _dense = [.. Enumerable.Repeat<int[]>([], cores)];
    private readonly Dictionary<Semaphore, int> _others = [];
    private readonly List<Semaphore> _all = [];

    /// <summary>The semaphores by their numbers.</summary>
    public Semaphore[] Semaphores => [.. _all];

    /// <summary>The number of a semaphore.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NumberOf(Semaphore semaphore)
    {
        var dense = _dense;
        if ((uint)semaphore.Core < (uint)dense.Length)
        {
            var numbers = dense[semaphore.Core];
            if ((uint)semaphore.Number < (uint)numbers.Length && numbers[semaphore.Number] is > 0 and var place)
                return place - 1;
        }

        return NumberOfNew(semaphore);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int NumberOfNew(Semaphore semaphore)
    {
        var (core, number) = semaphore;
        if ((uint)core >= (uint)_dense.Length || (uint)number >= Dense) return OtherNumberOf(semaphore);
        var numbers = _dense[core];
        if (number >= numbers.Length) numbers = Grow(core, number);
        ref var place = ref numbers[number];
        if (place == 0) place = Add(semaphore);
        return place - 1;
    }

    private int[] Grow(int core, int number)
    {
        Array.Resize(ref _dense[core], Math.Max(number + 1, 2 * _dense[core].Length));
        return _dense[core];
    }

    private int OtherNumberOf(Semaphore semaphore)
    {
        if (!_others.TryGetValue(semaphore, out var place)) _others.Add(semaphore, place = Add(semaphore));
        return place - 1;
    }

    /// <summary>Returns one more than the number: 0 marks places without one.</summary>
    private int Add(Semaphore semaphore)
    {
        _all.Add(semaphore);
        return _all.Count;
    }
}
