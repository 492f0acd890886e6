namespace TrnEmu.Sim.Events;

/// <summary>What the DMA engines of a core have done.</summary>
internal sealed class DmaActivity
{
    private long _activeUntil;

    /// <summary>Transfers started.</summary>
    public int Transfers { get; set; }

    /// <summary>Bytes moved.</summary>
    public long Bytes { get; set; }

    /// <summary>Bytes read from HBM.</summary>
    public long HbmRead { get; set; }

    /// <summary>Bytes written to HBM.</summary>
    public long HbmWritten { get; set; }

    /// <summary>Time for which the engines were held, added over the sixteen.</summary>
    public long Busy { get; private set; }

    /// <summary>Time for which some engine was held.</summary>
    public long Active { get; private set; }

    /// <summary>When the last share was written.</summary>
    public long End { get; private set; }

    /// <summary>Some engines are held from now on; shares come in the order of their start.</summary>
    public void Hold(long now, long free, long end, int engines)
    {
        Busy += (free - now) * engines;
        End = Math.Max(End, end);
        if (free <= _activeUntil) return;
        Active += free - Math.Max(now, _activeUntil);
        _activeUntil = free;
    }
}
