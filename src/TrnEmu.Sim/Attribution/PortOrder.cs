using TrnEmu.Sim.Events;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>Who let go of a contested port or PSUM bank, and when.</summary>
internal sealed class PortOrder
{
    private readonly PricedStream _prices;
    private readonly Recording _recording;
    private readonly int _contested;
    private readonly Dictionary<(int Core, long Free), List<int>> _released = [];

    public PortOrder(PricedStream prices, Recording recording)
    {
        (_prices, _recording, _contested) = (prices, recording, Ports.Contested(prices));
        if (_contested == 0) return;
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
    /// The instruction of another engine that let go of a port at the time at which one started; -1 for none.
    /// </summary>
    public int HolderBefore(int i, int core)
    {
        var claims = ClaimsOf(i);
        if (claims == 0 || !_released.TryGetValue((core, _recording.Start[i]), out var held)) return -1;
        foreach (var other in held)
        {
            if ((ClaimsOf(other) & claims) != 0 && other != i) return other;
        }

        return -1;
    }
}
