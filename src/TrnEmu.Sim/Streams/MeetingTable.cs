using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// The semaphores by which cores meet, which no program names: one for each core and meeting point, with numbers below
/// 0. The others signal it when they arrive; the core goes on when all have arrived as often as itself.
/// </summary>
internal sealed class MeetingTable(int cores)
{
    private readonly Dictionary<MeetingPoint, int> _numbers = [];
    private readonly Dictionary<(int Core, MeetingPoint Point), int> _arrivals = [];

    /// <summary>What a core signals when it arrives, and what it then waits for.</summary>
    public EquatableArray<Signal> Arrive(int core, MeetingPoint point, out Wait others)
    {
        if (!_numbers.TryGetValue(point, out var number)) _numbers.Add(point, number = -1 - _numbers.Count);
        var times = _arrivals[(core, point)] = _arrivals.GetValueOrDefault((core, point)) + 1;
        others = new Wait(new Semaphore(core, number), times * (cores - 1));
        return [.. Enumerable.Range(0, cores).Where(c => c != core).Select(c => new Signal(new Semaphore(c, number), 1))];
    }
}
