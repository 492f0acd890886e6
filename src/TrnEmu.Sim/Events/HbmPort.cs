namespace TrnEmu.Sim.Events;

/// <summary>A memory port that serves what was asked first: its bytes flow one after the other at its rate.</summary>
internal sealed class HbmPort
{
    private long _free;

    /// <summary>When the last of these bytes has flowed; <paramref name="now"/> when there are none.</summary>
    public long Reserve(long now, long bytes, double perByte)
    {
        if (bytes == 0) return now;
        _free = Math.Max(_free, now) + (long)Math.Round(bytes * perByte);
        return _free;
    }
}
