using TrnEmu.Reports.Lanes;

namespace TrnEmu.Reports.Trace;

/// <summary>Writes what is counted over time: memory in use, and the rate of HBM.</summary>
internal sealed class TraceCounters(RunResult result, TimedRun run, TraceWriter writer)
{
    /// <summary>Writes all counters of all cores.</summary>
    public void Write(HbmRate[] rates)
    {
        var use = new MemoryUse(result.Executed, run.Timeline);
        for (var core = 0; core < rates.Length; core++)
        {
            foreach (var (time, value) in use.SbufBytes(core)) Value(core, "SBUF bytes per partition", time, value);
            foreach (var (time, value) in use.PsumBanks(core, result.Chip)) Value(core, "PSUM banks", time, value);
            Write(core, rates[core]);
        }
    }

    /// <summary>A rate is written where it changes.</summary>
    private void Write(int core, HbmRate rate)
    {
        var (index, last) = (0, double.NaN);
        foreach (var value in rate.GbPerS)
        {
            if (value != last) Value(core, "HBM GB/s", (long)(index * rate.Stretch), Math.Round(last = value, 3));
            index++;
        }

        if (last != 0) Value(core, "HBM GB/s", run.Timeline.Elapsed, 0);
    }

    private void Value(int core, string name, long time, double value)
    {
        var json = writer.Begin("C", TrackTable.ProcessOf(core), 0);
        writer.Time("ts"u8, time);
        json.WriteString("name"u8, name);
        json.WriteStartObject("args"u8);
        json.WriteNumber("value"u8, value);
        json.WriteEndObject();
        writer.End();
    }
}
