using System.Runtime.CompilerServices;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the DMA queues of all cores without gaps, in the order of their numbers in the program.</summary>
/// <param name="cores">Number of cores.</param>
internal sealed class QueueTable(int cores)
{
    private const int Small = 64;

    private readonly ulong[] _seen = new ulong[cores];
    private readonly SortedSet<int>[] _used = [.. Enumerable.Range(0, cores).Select(_ => new SortedSet<int>())];
    private Dictionary<int, int>[] _byNumber = [];

    /// <summary>First queue of each core, and the number of all; once numbered.</summary>
    public int[] Base { get; private set; } = [0];

    /// <summary>The program's number of each; once numbered.</summary>
    public int[] Numbers { get; private set; } = [];

    /// <summary>Transfers in each; once numbered.</summary>
    public int[] Counts { get; private set; } = [];

    /// <summary>Queues of the core that uses most; entries without DMA count as one.</summary>
    public int Largest => _used.Select(u => u.Count).DefaultIfEmpty().Max();

    /// <summary>An entry of a core uses a queue, -1 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void See(int core, int number)
    {
        // Small numbers, and that of entries without a queue, are asked for again and again.
        if ((_seen[core] & BitOf(number)) == 0) SeeFirst(core, number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SeeFirst(int core, int number)
    {
        _seen[core] |= BitOf(number);
        _used[core].Add(number);
    }

    private static ulong BitOf(int number) => (uint)(number + 1) < Small ? 1UL << (number + 1) : 0;

    /// <summary>Numbers those that entries use, when all entries have been seen.</summary>
    public void Number()
    {
        Base = new int[cores + 1];
        _byNumber = new Dictionary<int, int>[cores];
        for (var core = 0; core < cores; core++)
        {
            var first = Base[core];
            _byNumber[core] = _used[core].Select((number, i) => (number, i)).ToDictionary(q => q.number, q => first + q.i);
            Base[core + 1] = first + _used[core].Count;
        }

        Numbers = [.. _used.SelectMany(u => u)];
        Counts = new int[Numbers.Length];
    }

    /// <summary>Counts a transfer in a queue and returns the queue's index.</summary>
    public int Add(int core, int number)
    {
        var queue = _byNumber[core][number];
        Counts[queue]++;
        return queue;
    }
}
