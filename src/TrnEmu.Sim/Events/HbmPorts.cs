using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Events;

/// <summary>What a core's DMA reaches HBM through: its own ports, and those of all cores.</summary>
/// <param name="times">Rates.</param>
/// <param name="chip">The HBM that all cores share.</param>
internal sealed class HbmPorts(MachineTimes times, HbmPort chip)
{
    private readonly HbmPort _reads = new();
    private readonly HbmPort _writes = new();
    private readonly HbmPort _channels = new();

    /// <summary>When the last byte of some traffic has flowed; <paramref name="now"/> when there is none.</summary>
    /// <param name="now">When it is asked for.</param>
    /// <param name="traffic">Bytes.</param>
    /// <param name="channelTime">Time for which they hold the channels that rows meet in.</param>
    public long Flow(long now, in MemoryTraffic traffic, long channelTime)
    {
        var flowed = Math.Max(
            _reads.Reserve(now, traffic.Read, times.CoreReadPerByte),
            _writes.Reserve(now, traffic.Written, times.CoreWritePerByte));
        flowed = Math.Max(flowed, _channels.Reserve(now, channelTime, perByte: 1));
        return Math.Max(flowed, chip.Reserve(now, traffic.Read + traffic.Written, times.ChipPerByte));
    }
}
