using System.Numerics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Events;

/// <summary>
/// The sixteen DMA engines of a core, in as few groups as they stand differently: one while all have equal shares of
/// every transfer, which is most of the time.
/// </summary>
internal sealed class EngineGroups
{
    private readonly EngineGroup[] _groups;
    private readonly int[] _groupOf = new int[Limits.DmaEngines];

    /// <summary>All engines in one group.</summary>
    /// <param name="queues">Queues of the core.</param>
    public EngineGroups(int queues)
    {
        _groups = [.. Enumerable.Range(0, Limits.DmaEngines).Select(_ => new EngineGroup(queues))];
        _groups[0].Engines = (1U << Limits.DmaEngines) - 1;
        Count = 1;
    }

    /// <summary>Number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>One of the groups.</summary>
    public EngineGroup this[int index] => _groups[index];

    /// <summary>The group of an engine.</summary>
    public EngineGroup Of(int engine) => _groups[_groupOf[engine]];

    /// <summary>Takes some engines out of their group; returns the group that they make.</summary>
    public EngineGroup Split(EngineGroup group, uint engines)
    {
        var split = _groups[Count];
        group.SplitOff(engines, split);
        Name(Count++);
        return split;
    }

    /// <summary>Joins the groups that are idle, before a transfer comes that they all take at once.</summary>
    public void JoinIdle(long now)
    {
        var idle = -1;
        for (var i = Count - 1; i >= 0; i--)
        {
            if (!_groups[i].IsIdle(now)) continue;
            // The group joined last stands behind this one, where the last of all may take its place.
            if (idle >= 0) Join(i, idle);
            idle = i;
        }
    }

    /// <summary>
    /// Of some engines, takes the first and those after it that are in one group with it before one of another group
    /// comes: who goes through the engines in their order goes through these at once.
    /// </summary>
    public EngineGroup TakeRun(ref uint engines, out int length)
    {
        var group = Of(BitOperations.TrailingZeroCount(engines));
        var others = engines & ~group.Engines;
        var run = engines & ((others & (~others + 1)) - 1);
        engines &= ~run;
        length = BitOperations.PopCount(run);
        return group;
    }

    private void Join(int into, int gone)
    {
        _groups[into].Engines |= _groups[gone].Engines;
        Count--;
        (_groups[gone], _groups[Count]) = (_groups[Count], _groups[gone]);
        Name(into);
        if (gone < Count) Name(gone);
    }

    private void Name(int index)
    {
        for (var rest = _groups[index].Engines; rest != 0; rest &= rest - 1)
            _groupOf[BitOperations.TrailingZeroCount(rest)] = index;
    }
}
