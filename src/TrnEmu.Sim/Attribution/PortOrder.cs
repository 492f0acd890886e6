using TrnEmu.Sim.Events;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>Who let go of a contested port or PSUM bank, and when.</summary>
internal sealed class PortOrder
{
    private readonly PricedStream _prices;
    private readonly Recording _recording;
    private readonly int _contested;
    private readonly int[] _turn = [];
    private readonly Dictionary<(int Core, long Free), List<int>> _released = [];

    public PortOrder(PricedStream prices, Recording recording)
    {
        (_prices, _recording, _contested) = (prices, recording, Ports.Contested(prices));
        if (_contested == 0) return;
        _turn = new int[recording.Instructions];
        var order = recording.Order;
        for (var turn = 0; turn < order.Length; turn++)
        {
            if (order[turn] < recording.Instructions) _turn[order[turn]] = turn;
        }

        var stream = prices.Stream;
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++)
        {
            for (var i = stream.LaneBase[lane]; i < stream.LaneBase[lane + 1]; i++)
            {
                if (ClaimsOf(i) == 0) continue;
                var key = (lane / FlatStream.LanesPerCore, recording.Free[i]);
                if (!_released.TryGetValue(key, out var held)) _released.Add(key, held = []);
                held.Add(i);
            }
        }
    }

    /// <summary>The contested ports that an instruction holds.</summary>
    public int ClaimsOf(int i) => _contested == 0 ? 0 : _prices.Instructions[i].Claims & _contested;

    /// <summary>
    /// The instruction of another engine that let go of a port at the time at which one started; of several, that of the
    /// first port, and there the last that held it, as in the time pass. -1 for none.
    /// </summary>
    public int HolderBefore(int i, int core)
    {
        var claims = ClaimsOf(i);
        if (claims == 0 || !_released.TryGetValue((core, _recording.Start[i]), out var held)) return -1;
        for (; claims != 0; claims &= claims - 1)
        {
            var last = -1;
            foreach (var other in held)
            {
                if ((ClaimsOf(other) & claims & -claims) == 0 || _turn[other] >= _turn[i]) continue;
                if (last < 0 || _turn[other] > _turn[last]) last = other;
            }

            if (last >= 0) return last;
        }

        return -1;
    }
}
