using System.Numerics;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Latest times at which what comes later takes each of sixteen things of a core: ports, or parts of its array.
/// </summary>
internal sealed class SlotLimits
{
    private const int Slots = 16;
    private readonly long[] _latest;

    public SlotLimits(int cores)
    {
        _latest = new long[cores * Slots];
        Array.Fill(_latest, long.MaxValue / 2);
    }

    /// <summary>When some of them, a bit for each, must be let go of at the latest.</summary>
    public long Latest(int lane, int slots)
    {
        var latest = long.MaxValue / 2;
        for (; slots != 0; slots &= slots - 1) latest = Math.Min(latest, _latest[IndexOf(lane, slots)]);
        return latest;
    }

    /// <summary>Who takes them must have started then.</summary>
    public void Bound(int lane, int slots, long latest)
    {
        for (; slots != 0; slots &= slots - 1) _latest[IndexOf(lane, slots)] = latest;
    }

    private static int IndexOf(int lane, int slots) =>
        lane / FlatStream.LanesPerCore * Slots + BitOperations.TrailingZeroCount(slots);
}
