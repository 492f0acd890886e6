using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;

namespace TrnEmu.Reports;

/// <summary>The figures of a run that every report shows, derived once; of one core.</summary>
public sealed class RunMetrics
{
    private readonly CoreProgram _program;

    /// <summary>Derives them from a run and its timeline, of core 0 unless another is named.</summary>
    public RunMetrics(RunResult result, Timeline timeline, int core = 0)
    {
        _program = result.Executed.Cores[core];
        Timeline = timeline;
        Core = timeline.Cores[core];
        var array = ArrayUse.Of(result.Executed, result.Chip);
        EngineInstructions = array.EngineInstructions;
        ArrayMacs = array.Macs;
        ArrayPeakTflops = array.Macs > 0
            ? 2 * array.Macs / array.FullRateCycles * result.Chip.Tensor.ClockGhz / 1e3
            : ArrayUse.PeakTflops(result.Chip);
        Hfu = timeline.Elapsed > 0 ? array.FullRateCycles / (timeline.TimeUs * 1e3 * result.Chip.Tensor.ClockGhz) : 0;
        Mfu = result.UsefulMacs is { } useful && array.Macs > 0 ? Hfu * useful / array.Macs : null;
        InstructionsByName =
        [
            .. _program.Entries.Where(e => Unrolling.IsOfProgram(e)).GroupBy(e => e.Operation.Info.Name).Select(g => (Name: g.Key, Count: g.Count()))
                .OrderByDescending(g => g.Count).ThenBy(g => g.Name, StringComparer.Ordinal),
        ];
        var hbmBytes = Core.Dma.HbmBytesRead + Core.Dma.HbmBytesWritten;
        HbmGbPerS = timeline.Elapsed > 0 ? hbmBytes / (timeline.TimeUs * 1e3) : 0;
        HbmUtilization = HbmGbPerS / result.Chip.HbmGbPerS;
    }

    /// <summary>When what happened.</summary>
    public Timeline Timeline { get; }

    /// <summary>The core.</summary>
    public CoreTimes Core { get; }

    /// <summary>Engine instructions.</summary>
    public long EngineInstructions { get; }

    /// <summary>Multiply-adds that passed through the array.</summary>
    public long ArrayMacs { get; }

    /// <summary>What the array could do at full use with the dtypes that it was given.</summary>
    public double ArrayPeakTflops { get; }

    /// <summary>Share of the array's peak that the task itself needed; null when the target does not say.</summary>
    public double? Mfu { get; }

    /// <summary>Share of the array's peak that was used, transposes and repeated work included.</summary>
    public double Hfu { get; }

    /// <summary>Operations by name, most frequent first.</summary>
    public IReadOnlyList<(string Name, int Count)> InstructionsByName { get; }

    /// <summary>Bytes to and from HBM over time, in GB/s.</summary>
    public double HbmGbPerS { get; }

    /// <summary>The same over the bandwidth of the whole chip.</summary>
    public double HbmUtilization { get; }

    /// <summary>Share of the sixteen DMA engines' time in which they moved data.</summary>
    public double DmaUtilization => Utilization(Core.Dma.Busy) / Limits.DmaEngines;

    /// <summary>Share of the elapsed time.</summary>
    public double Utilization(long picoseconds) => Timeline.Elapsed > 0 ? (double)picoseconds / Timeline.Elapsed : 0;

    /// <summary>Operations that were executed.</summary>
    public int OperationCount => InstructionsByName.Sum(i => i.Count);

    /// <summary>Operations that were executed on an engine.</summary>
    public int Operations(Engine engine) => _program.Entries.Count(e => e.Engine == engine && Unrolling.IsOfProgram(e));
}
