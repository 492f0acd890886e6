using TrnEmu.Core.Isa;

namespace TrnEmu.Reports.Lanes;

/// <summary>What some operations took of a run, all cores together. Times are picoseconds.</summary>
internal sealed class Use
{
    private readonly long[] _busy = new long[(int)Engine.Sync + 1];

    /// <summary>Operations.</summary>
    public int Operations { get; set; }

    /// <summary>Bytes that their transfers move.</summary>
    public long Bytes { get; set; }

    /// <summary>Time for which engines waited before they could start them.</summary>
    public long Stalled { get; set; }

    /// <summary>Time for which they held engines.</summary>
    public long Busy => _busy.Sum();

    /// <summary>Time for which they held an engine, as the engine's own busy time counts it.</summary>
    public long BusyOf(Engine engine) => _busy[(int)engine];

    /// <summary>They held an engine for longer.</summary>
    public void Hold(Engine engine, long time) => _busy[(int)engine] += time;
}
