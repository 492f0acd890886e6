using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// The semaphores of a core's engines and DMA queues: one for each engine that signals, then the slots of each queue.
/// </summary>
internal sealed class EngineSemaphores
{
    private const int Engines = (int)Engine.Sync + 1;
    private readonly int[] _counts = new int[Engines];
    private readonly bool[] _isUsed = new bool[Engines];
    private readonly int[] _engines = new int[Engines];
    private readonly SortedDictionary<int, int> _queues = [];

    /// <summary>The semaphore of an engine.</summary>
    public int this[Engine engine] => _engines[(int)engine];

    /// <summary>The semaphore of a queue's first slot.</summary>
    public int this[int queue] => _queues[queue];

    /// <summary>Engines count from 0 again.</summary>
    public void Restart() => Array.Clear(_counts);

    /// <summary>An engine signals: its count with that.</summary>
    public int Count(Engine engine)
    {
        _isUsed[(int)engine] = true;
        return ++_counts[(int)engine];
    }

    /// <summary>A queue uses a slot.</summary>
    public void Take(int queue, int slot) => _queues[queue] = Math.Max(_queues.GetValueOrDefault(queue), slot + 1);

    /// <summary>Numbers them from <paramref name="next"/> on; gives the number behind them.</summary>
    public int Number(int next)
    {
        for (var engine = 0; engine < Engines; engine++)
        {
            if (_isUsed[engine]) _engines[engine] = next++;
        }

        foreach (var queue in _queues.Keys.ToArray())
        {
            var slots = _queues[queue];
            _queues[queue] = next;
            next += slots;
        }

        return next;
    }
}
