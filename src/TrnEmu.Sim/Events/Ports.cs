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

    /// <summary>The claims that instructions of more than one engine make; others need no arbiter.</summary>
    public static int Contested(PricedStream prices)
    {
        var byEngine = new int[(int)Engine.Sync + 1];
        for (var work = 0; work < prices.Stream.Works.Length; work++)
            byEngine[(int)prices.Stream.Works[work].Engine] |= prices.Works[work].Claims;
        var (claimed, contested) = (0, 0);
        foreach (var claims in byEngine)
        {
            contested |= claimed & claims;
            claimed |= claims;
        }

        return contested;
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
