using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Where a core's run stands under its roofs: the least time that each unit needs for the work at its peak, whatever
/// the order. The array does the multiply-adds a cycle of <see cref="ArrayRate"/>; the other engines one element of
/// each partition a cycle, or what a faster mode does; the DMA engines their bytes a cycle.
/// </summary>
/// <param name="Flops">
/// 2 for each multiply-add of a product, and one for each element and partition that another engine computes.
/// Transposes, loads of stationary matrices, triggers and registers count nothing.
/// </param>
/// <param name="HbmBytes">Bytes read from and written to HBM.</param>
/// <param name="Bounds">Least time of each unit in picoseconds, longest first: engines, hbm and dma.</param>
public sealed record Roofline(double Flops, long HbmBytes, IReadOnlyList<(string Unit, double Time)> Bounds)
{
    /// <summary>Operations for each byte of HBM traffic; 0 without traffic.</summary>
    public double Intensity => HbmBytes > 0 ? Flops / HbmBytes : 0;

    /// <summary>The unit that would take longest, and its least time.</summary>
    public (string Unit, double Time) Bound => Bounds[0];

    /// <summary>The roofline of one core of a run.</summary>
    public static Roofline Of(PricedStream prices, Chip chip, CoreTimes times, int core)
    {
        double flops = 0;
        var bounds = new List<(string Unit, double Time)>();
        for (var lane = 0; lane < FlatStream.LanesPerCore; lane++)
        {
            var engine = FlatStream.EngineOf(lane);
            if (engine == Engine.Sync) continue;
            var (work, time) = Work(prices, chip, core * FlatStream.LanesPerCore + lane);
            flops += work;
            bounds.Add((engine.Name(), time));
        }

        var dma = times.Dma;
        var (read, written) = (dma.HbmBytesRead, dma.HbmBytesWritten);
        var port = Math.Max(read / chip.Dma.CoreReadGbPerS, written / chip.Dma.CoreWriteGbPerS);
        bounds.Add(("hbm", Math.Max(port, (read + written) / chip.HbmGbPerS) * 1e3));
        bounds.Add(("dma", dma.Bytes / (Limits.DmaEngines * chip.Dma.BytesPerCycle * chip.Dma.ClockGhz) * 1e3));
        return new Roofline(flops, read + written, [.. bounds.OrderByDescending(b => b.Time)]);
    }

    private static (double Flops, double Time) Work(PricedStream prices, Chip chip, int lane)
    {
        var (stream, rate) = (prices.Stream, RateOf(chip, FlatStream.EngineOf(lane)));
        var (flops, time, columns) = (0.0, 0.0, 0L);
        for (var i = stream.LaneBase[lane]; i < stream.LaneBase[lane + 1]; i++)
        {
            var instruction = stream.InstructionAt(i);
            switch (instruction.Class)
            {
                case CostClass.LoadStationary:
                    columns = instruction.Items;
                    break;
                case CostClass.MultiplyMoving or CostClass.TransposeMoving:
                    var macs = (double)columns * instruction.Items * instruction.Rows;
                    if (instruction.Class == CostClass.MultiplyMoving) flops += 2 * macs;
                    time += macs / ArrayRate.Of(chip, instruction) / rate.ClockGhz * 1e3;
                    break;
                case CostClass.Register or CostClass.Branch or CostClass.DmaTrigger or CostClass.ReadAccumulator:
                    break;
                default:
                    flops += (double)instruction.Items * instruction.Rows;
                    time += Math.Min(instruction.Items / rate.ClockGhz * 1e3, Math.Max(0, prices.Instructions[i].Occupancy - rate.Start));
                    break;
            }
        }

        return (flops, time);
    }

    /// <summary>
    /// Clock of an engine, and what each of its instructions takes beyond its elements, in picoseconds.
    /// </summary>
    private static (double ClockGhz, long Start) RateOf(Chip chip, Engine engine) => engine switch
    {
        Engine.Tensor => (chip.Tensor.ClockGhz, 0),
        Engine.Vector => (chip.Vector.ClockGhz, Units.Picoseconds(chip.Vector.OccupancyNs)),
        Engine.Scalar => (chip.Scalar.ClockGhz, Units.Picoseconds(chip.Scalar.OccupancyNs)),
        _ => (chip.Gpsimd.ClockGhz, Units.Picoseconds(chip.Gpsimd.OccupancyNs)),
    };
}
