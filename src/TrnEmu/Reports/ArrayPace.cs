using TrnEmu.Core.Isa;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports;

/// <summary>How much longer the Tensor engine is busy than its array needs, which its use (HFU) does not show.</summary>
internal static class ArrayPace
{
    private const double Notable = 0.2;
    private const double Slow = 0.6;

    /// <summary>
    /// What the engine is busy with beyond the array's full rate; null where it is seldom busy or near that rate, of core 0.
    /// </summary>
    public static string? Sentence(TimedRun run)
    {
        var elapsed = run.Timeline.Elapsed;
        var busy = run.Timeline.Cores[0].Engines.First(e => e.Engine == Engine.Tensor).Busy;
        var least = run.Roofline(0).Bounds.Where(b => b.Unit == Engine.Tensor.Name()).Sum(b => b.Time);
        if (least <= 0 || busy < Notable * elapsed || least > Slow * busy) return null;
        var cold = run.Chip.Tensor.ColdRate < 1 ? "the array being cold after pauses, " : "";
        return $"Tensor is busy {Percent((double)busy / elapsed)} of the time with what the array does in {Percent(least / elapsed)} at full rate: "
            + $"the rest is {cold}stationary matrices that it has to wait for, and the start of each instruction.";
    }
}
