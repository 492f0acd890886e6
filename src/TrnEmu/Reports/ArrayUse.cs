using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>What the systolic array did in a program, and what it could have done.</summary>
/// <param name="Macs">Multiply-adds that passed through the array, transposes included.</param>
/// <param name="FullRateCycles">Array cycles those take at full use: see <see cref="ArrayRate"/>.</param>
/// <param name="EngineInstructions">Engine instructions of all operations on all engines.</param>
internal readonly record struct ArrayUse(long Macs, double FullRateCycles, long EngineInstructions)
{
    /// <summary>Adds up the instructions of core 0.</summary>
    public static ArrayUse Of(Program program, Chip chip)
    {
        var sink = new ExpansionSink();
        long macs = 0, instructions = 0;
        double cycles = 0;
        foreach (ref readonly var entry in program.Cores[0].Entries.Span)
        {
            sink.Begin(program, entry.Engine, chip.Generation);
            entry.Operation.Expand(sink);
            instructions += sink.Instructions.Length;
            var columns = 0L;
            foreach (ref readonly var i in sink.Instructions)
            {
                if (i.Class == CostClass.LoadStationary) columns = i.Items;
                if (i.Class is not (CostClass.MultiplyMoving or CostClass.TransposeMoving)) continue;
                var work = columns * i.Items * i.Rows;
                macs += work;
                cycles += work / ArrayRate.Of(chip, i);
            }
        }

        return new ArrayUse(macs, cycles, instructions);
    }

    /// <summary>Peak of one core with 16-bit operands.</summary>
    public static double PeakTflops(Chip chip) =>
        2.0 * Limits.Partitions * Limits.Partitions * chip.Tensor.ClockGhz / 1000 / chip.Tensor.CyclesPerColumn;
}
