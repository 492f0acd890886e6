using System.Runtime.CompilerServices;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Events;

/// <summary>
/// Whether the Tensor engine's array runs at full rate. A balance rises with busy time and falls with idle time,
/// between 0 and the cool-down; a cold array becomes warm when it reaches the warm-up, a warm one cold when it is used
/// up. So an array used for less than half the time does not stay warm.
/// </summary>
internal struct ArrayHeat
{
    private long _balance;
    private long _idleSince;
    private bool _isWarm;

    /// <summary>Time that work takes which starts now and would take <paramref name="work"/> at full rate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Occupy(long start, long work, MachineTimes times)
    {
        if (times.WarmUp == 0) return work;
        _balance -= Math.Max(0, start - _idleSince);
        if (_balance <= 0)
        {
            _balance = 0;
            _isWarm = false;
        }

        var time = _isWarm ? work : ColdTime(work, times);
        // Of products side by side in parts of the array, the time that they have in common counts once.
        var until = Math.Max(_idleSince, start + time);
        _balance = Math.Min(_balance + until - Math.Max(start, _idleSince), Math.Max(times.WarmUp, times.CoolDown));
        _isWarm |= _balance >= times.WarmUp;
        _idleSince = until;
        return time;
    }

    /// <summary>The cold rate until the balance reaches the warm-up, full rate for what is left.</summary>
    private readonly long ColdTime(long work, MachineTimes times)
    {
        var cold = times.WarmUp - _balance;
        var doneCold = (long)(cold * times.ColdRate);
        return work <= doneCold ? (long)Math.Round(work / times.ColdRate) : cold + work - doneCold;
    }
}
