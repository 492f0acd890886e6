using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>
/// Places the SBUF tensors of a core where they do not all fit: goes through the program, and where a tensor finds no
/// room, those that are needed again last give theirs (whole tensors, no more of them than one contiguous piece
/// takes). They come back, perhaps elsewhere, when they are needed. Where that is not enough, since the holes between
/// the operands of one operation are too small, operands move too. Lowest free bytes first.
/// </summary>
internal sealed class SpillPlan
{
    private readonly Program _program;
    private readonly int _core;
    private readonly MemoryMap _map;
    private readonly List<Segment> _segments = [];
    private readonly PriorityQueue<Segment, (int First, int Id)> _waiting = new();
    private readonly PriorityQueue<Segment, int> _ends = new();
    private readonly Dictionary<int, Segment> _live = [];
    private readonly Dictionary<int, SourceSpan> _needed = [];

    private SpillPlan(Program program, int core, MemoryMap map) => (_program, _core, _map) = (program, core, map);

    /// <summary>All segments; those of one tensor in the order of its life.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The line that needed the room of the segment before this one.</summary>
    public SourceSpan NeededBy(Segment segment) => _needed[segment.Id];

    /// <summary>Makes a plan.</summary>
    /// <param name="program">Without places for the SBUF tensors of the core that are not pinned.</param>
    /// <param name="core">The core.</param>
    /// <param name="map">Its SBUF, with what is pinned.</param>
    /// <param name="overflow">What finds no room whatever is moved, or null.</param>
    public static SpillPlan Make(Program program, int core, MemoryMap map, out Diagnostic? overflow)
    {
        var plan = new SpillPlan(program, core, map);
        overflow = plan.Run();
        return plan;
    }

    private Diagnostic? Run()
    {
        var lives = new TensorLives(_program, _core);
        foreach (var tensor in _program.Tensors)
        {
            if (lives[tensor.Id] is { } life)
                Add(new Segment(_segments.Count, tensor, life, 0, life.Touches.Count - 1));
        }

        while (_waiting.TryDequeue(out var segment, out _))
        {
            Release(segment.First);
            if (!TryPlace(segment) && Crowded(segment) is { } homeless) return Describe(homeless);
        }

        return null;
    }

    private void Add(Segment segment)
    {
        _segments.Add(segment);
        _waiting.Enqueue(segment, (segment.First, segment.Id));
    }

    private void Release(int entry)
    {
        while (_ends.TryPeek(out var ended, out var last) && last < entry)
        {
            _ends.Dequeue();
            if (ended.IsPlaced && ended.Last == last) Remove(ended);
        }
    }

    private void Remove(Segment segment)
    {
        _map.Release(segment.Id);
        _live.Remove(segment.Id);
        segment.IsPlaced = false;
    }

    private bool TryPlace(Segment segment)
    {
        var bytes = segment.Tensor.BytesPerPartition;
        if (!_map.HasRoom(bytes))
        {
            if (Victims(segment) is not { } victims) return false;
            foreach (var victim in victims) Spill(victim, segment.First);
        }

        segment.Byte = _map.Place(segment.Id, bytes)!.Value;
        segment.IsPlaced = true;
        _live.Add(segment.Id, segment);
        _ends.Enqueue(segment, segment.Last);
        return true;
    }

    /// <summary>
    /// Places a segment together with all that its first entry needs and that can move there, the largest first; if
    /// holes between others are still in the way, without those others. Gives what finds no room.
    /// </summary>
    private Segment? Crowded(Segment segment)
    {
        var entry = segment.First;
        foreach (var operand in Candidates(entry).Where(c => c.NextUse(entry) == entry)) Spill(operand, entry);
        List<Segment> together = [segment, .. _live.Values.Where(s => s.First == entry)];
        while (_waiting.TryPeek(out var next, out _) && next.First == entry) together.Add(_waiting.Dequeue());
        Segment[] bySize = [.. together.OrderByDescending(s => s.Tensor.BytesPerPartition).ThenBy(s => s.Id)];
        if (HomelessOf(bySize) is null) return null;
        foreach (var idle in Idle(entry)) Spill(idle, entry);
        return HomelessOf(bySize);
    }

    private Segment? HomelessOf(Segment[] segments)
    {
        foreach (var segment in segments)
        {
            if (segment.IsPlaced) Remove(segment);
        }

        return Array.Find(segments, s => !TryPlace(s));
    }

    /// <summary>
    /// As few of those that are needed last as make one piece free, and of them those that lie in that piece.
    /// </summary>
    private List<Segment>? Victims(Segment segment)
    {
        var candidates = Idle(segment.First);
        var (low, high) = (1, candidates.Count + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_map.Find(segment.Tensor.BytesPerPartition, Ids(candidates, middle)) is not null) high = middle;
            else low = middle + 1;
        }

        if (low > candidates.Count) return null;
        var (start, end) = _map.Find(segment.Tensor.BytesPerPartition, Ids(candidates, low))!.Value;
        return [.. candidates.Take(low).Where(c => c.Byte < end && c.Byte + c.Tensor.BytesPerPartition > start)];
    }

    private static HashSet<int> Ids(List<Segment> segments, int count) => [.. segments.Take(count).Select(s => s.Id)];

    /// <summary>What can leave before an entry and is not needed there, needed last first.</summary>
    private List<Segment> Idle(int entry) => [.. Candidates(entry).Where(c => c.NextUse(entry) > entry)];

    private IEnumerable<Segment> Candidates(int entry) => _live.Values
        .Select(s => (Segment: s, Next: s.NextUse(entry))).Where(c => c.Next is not null)
        .OrderByDescending(c => c.Next).ThenBy(c => c.Segment.Id).Select(c => c.Segment);

    private void Spill(Segment victim, int entry)
    {
        Remove(victim);
        var rest = victim.SplitBefore(entry, _segments.Count);
        _needed.Add(rest.Id, _program.Cores[_core].Entries.Span[entry].Operation.Span);
        Add(rest);
    }

    /// <summary>What is told as free includes what is not needed there.</summary>
    private Diagnostic Describe(Segment segment)
    {
        foreach (var idle in Idle(segment.First)) Remove(idle);
        var residents = _program.Tensors.Where(t => t.Space == MemorySpace.Sbuf && t.Core == _core);
        return Overflow.Describe(
            segment.Tensor, residents, _map, MemorySpace.Sbuf, _live.Values.Select(s => s.Tensor.Id).ToHashSet());
    }
}
