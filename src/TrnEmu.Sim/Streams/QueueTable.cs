using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the DMA queues of all cores without gaps, in the order of their numbers in the program.</summary>
internal sealed class QueueTable
{
    private readonly Dictionary<int, int>[] _byNumber;

    public QueueTable(Program program)
    {
        _byNumber = new Dictionary<int, int>[program.Cores.Count];
        Base = new int[program.Cores.Count + 1];
        var numbers = new List<int>();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var used = new SortedSet<int>();
            ulong seen = 0;
            foreach (ref readonly var entry in program.Cores[core].Entries.Span)
            {
                // Small numbers, and that of entries without a queue, are asked for again and again.
                var bit = entry.Queue is >= -1 and < 63 ? 1UL << (entry.Queue + 1) : 0;
                if (bit != 0 && (seen & bit) != 0) continue;
                seen |= bit;
                used.Add(entry.Queue);
            }

            _byNumber[core] = used.Select((number, i) => (number, i))
                .ToDictionary(q => q.number, q => numbers.Count + q.i);
            numbers.AddRange(used);
            Base[core + 1] = numbers.Count;
            Largest = Math.Max(Largest, used.Count);
        }

        Numbers = [.. numbers];
        Counts = new int[numbers.Count];
    }

    /// <summary>First queue of each core, and the number of all.</summary>
    public int[] Base { get; }

    /// <summary>The program's number of each.</summary>
    public int[] Numbers { get; }

    /// <summary>Transfers in each.</summary>
    public int[] Counts { get; }

    /// <summary>Queues of the core that uses most; entries without DMA count as one.</summary>
    public int Largest { get; }

    /// <summary>Counts a transfer in a queue and returns the queue's index.</summary>
    public int Add(int core, int number)
    {
        var queue = _byNumber[core][number];
        Counts[queue]++;
        return queue;
    }
}
