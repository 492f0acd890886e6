namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// The entries of one kind that one engine can take next, operations of its own or DMA triggers: those whose operands
/// are still on their way, by when they will be there, and the others by how much hangs on them.
/// </summary>
internal sealed class Lane(ListOrder order)
{
    private const int MostRefused = 4;
    private readonly PriorityQueue<int, (long Time, int Node)> _coming = new();
    private readonly Dictionary<byte, PriorityQueue<int, (long Rank, int Node)>> _ready = [];
    private readonly List<int> _refused = [];

    /// <summary>State of the memory when its best entries found no room; -1 when they did.</summary>
    public int RefusedAt { get; private set; } = -1;

    /// <summary>An entry comes after nothing that is left, and its operands are there at some time.</summary>
    public void Add(int node, long time)
    {
        _coming.Enqueue(node, (time, node));
        RefusedAt = -1;
    }

    /// <summary>
    /// When it can start its next entry if its engine is free from some time on; null when it has none.
    /// </summary>
    public long? Start(long free)
    {
        foreach (var queue in _ready.Values)
        {
            while (queue.TryPeek(out var node, out _) && order.HasGone(node)) queue.Dequeue();
            if (queue.Count > 0) return free;
        }

        while (_coming.TryPeek(out var node, out _) && order.HasGone(node)) _coming.Dequeue();
        return _coming.TryPeek(out _, out var next) ? Math.Max(free, next.Time) : null;
    }

    /// <summary>
    /// Starts the entry on which most hangs, of the first few, for which there is room; false when there is none.
    /// </summary>
    public bool TryIssue(long time)
    {
        while (_coming.TryPeek(out var node, out var next) && next.Time <= time)
        {
            _coming.Dequeue();
            if (!order.HasGone(node)) Ready(node);
        }

        var isIssued = false;
        _refused.Clear();
        while (!isIssued && _refused.Count < MostRefused && Best() is { } node)
        {
            isIssued = order.TryIssue(node, time);
            if (!isIssued) _refused.Add(node);
        }

        foreach (var node in _refused) Ready(node);
        RefusedAt = isIssued ? -1 : order.RoomVersion;
        return isIssued;
    }

    private void Ready(int node)
    {
        var table = order.CostOf(node).Table;
        if (!_ready.TryGetValue(table, out var queue)) _ready.Add(table, queue = new());
        queue.Enqueue(node, (-order.PriorityOf(node), node));
    }

    /// <summary>Takes the entry with the longest path behind it, less the table load that it would make.</summary>
    private int? Best()
    {
        PriorityQueue<int, (long Rank, int Node)>? best = null;
        (long, int) least = default;
        foreach (var queue in _ready.Values)
        {
            while (queue.TryPeek(out var gone, out _) && order.HasGone(gone)) queue.Dequeue();
            if (!queue.TryPeek(out var node, out var rank)) continue;
            var key = (rank.Rank + order.TableLoadOf(node), node);
            if (best is null || key.CompareTo(least) < 0) (best, least) = (queue, key);
        }

        return best?.Dequeue();
    }
}
