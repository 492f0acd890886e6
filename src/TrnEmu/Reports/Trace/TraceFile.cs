using TrnEmu.Core.Diagnostics;
using TrnEmu.Reports.Lanes;

namespace TrnEmu.Reports.Trace;

/// <summary>
/// A run as a trace for Perfetto and Chrome's tracing page (JSON; times in microseconds as exact fractions). A core is a
/// process; its tracks are the engines with what they execute and wait for, the stationary loads of Tensor, and the DMA queues;
/// its counters SBUF bytes in use per partition, PSUM banks in use and the HBM rate in GB/s. Arrows lead from triggers to
/// their transfers, and from each operation to those that waited for it.
/// </summary>
public static class TraceFile
{
    private const int Stretches = 2000;

    /// <summary>Only function ran: there are no times to trace.</summary>
    public static readonly DiagnosticCode NoTime = new(
        "TRN1007", "no time", "A trace and a page show when what happened, which only the time pass knows.",
        "Leave out `--only function`.");

    /// <summary>Writes the trace as it is found by playing the run once more; deterministic.</summary>
    /// <exception cref="TrnException">TRN1007: only function ran.</exception>
    public static void Write(RunResult result, Stream stream)
    {
        if (result.Timed is not { } timed)
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(NoTime, "a trace needs times, and only function ran", SourceSpan.None));
        using var writer = new TraceWriter(stream, [("target", result.Target), ("chip", result.Chip.Name), ("trnemu", Versions.TrnEmu)]);
        var tracks = new TrackTable(writer);
        var cores = timed.Timeline.Cores.Count;
        tracks.NameCores(cores, $"{result.Target} on {result.Chip.Name}");
        HbmRate[] rates = [.. Enumerable.Range(0, cores).Select(_ => new HbmRate(timed.Timeline.Elapsed, Stretches))];
        var events = new TraceEvents(timed.Stream, writer, tracks, rates);
        timed.Replay(new SliceObserver(timed.Stream, events));
        new TraceArrows(timed, writer, events).Write();
        new TraceCounters(result, timed, writer).Write(rates);
    }
}
