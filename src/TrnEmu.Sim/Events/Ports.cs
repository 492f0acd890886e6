using System.Numerics;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// The ports and PSUM banks of a core that its engines use in turns (see <see cref="PortClaims"/>): who asks first holds
/// them first.
/// </summary>
internal sealed class Ports
{
    private const int Count = 16;
    private readonly long[] _free = new long[Count];
    private readonly Engine[] _holder = new Engine[Count];

    private Ports(int contested) => Contested = contested;

    /// <summary>The claims that instructions of more than one engine make; others need no arbiter.</summary>
    public int Contested { get; }

    /// <summary>The ports of a core.</summary>
    public static Ports Of(PricedStream prices, int core)
    {
        var (claimed, contested) = (0, 0);
        for (var lane = core * FlatStream.LanesPerCore; lane < (core + 1) * FlatStream.LanesPerCore; lane++)
        {
            var mine = 0;
            var (from, to) = (prices.Stream.LaneBase[lane], prices.Stream.LaneBase[lane + 1]);
            foreach (var claims in prices.Claims.AsSpan(from..to)) mine |= claims;
            contested |= claimed & mine;
            claimed |= mine;
        }

        return new Ports(contested);
    }

    /// <summary>When all of some claims are free, and who holds the last of them until then.</summary>
    public (long Time, Engine Holder) Free(int claims)
    {
        var last = (Time: 0L, Holder: Engine.None);
        for (; claims != 0; claims &= claims - 1)
        {
            var port = BitOperations.TrailingZeroCount(claims);
            if (_free[port] > last.Time) last = (_free[port], _holder[port]);
        }

        return last;
    }

    /// <summary>Holds them.</summary>
    public void Hold(int claims, long until, Engine holder)
    {
        for (; claims != 0; claims &= claims - 1)
        {
            var port = BitOperations.TrailingZeroCount(claims);
            _free[port] = until;
            _holder[port] = holder;
        }
    }
}
