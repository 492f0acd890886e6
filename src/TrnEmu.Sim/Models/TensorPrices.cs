using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Sim.Models;

/// <summary>Prices of the Tensor engine at full rate; the pass applies the warm-up.</summary>
internal sealed class TensorPrices(TensorTimes times)
{
    private const int WideBytes = 4;

    public Price Of(in Instruction instruction) =>
        instruction.Class == CostClass.LoadStationary ? Load(instruction) : Move(instruction);

    /// <summary>
    /// tf32 streams at the rate of 16-bit floats, and so do double rows of fp8 and fours of packed elements, which is
    /// what makes them twice and four times as fast (NeuronCore architecture guides).
    /// </summary>
    private static bool IsWide(in Instruction instruction) =>
        instruction.DType.Size() >= WideBytes && instruction.DType != DType.Tf32
        && !instruction.Traits.HasFlag(InstructionTraits.QuadRow);

    private Price Load(in Instruction instruction)
    {
        var slower = IsWide(instruction) ? 2 : 1;
        var cycles = slower * instruction.Items / times.LoadColumnsPerCycle + times.LoadOverheadCycles;
        var time = Units.Picoseconds(Units.Nanoseconds(cycles, times.ClockGhz));
        var basis = Units.Worse(times.ClockGhz.Basis, times.LoadColumnsPerCycle.Basis);
        var latency = Math.Max(time, slower * Units.Picoseconds(times.LoadLatencyNs));
        return new Price(time, latency, BasisTime.Of(basis, time));
    }

    private Price Move(in Instruction instruction)
    {
        var isTransposition = instruction.Class == CostClass.TransposeMoving;
        var perColumn = IsWide(instruction) ? times.Fp32CyclesPerColumn : times.CyclesPerColumn;
        var isMultiPass = !isTransposition && instruction.Traits.HasFlag(InstructionTraits.MultiPass);
        var passes = isMultiPass ? times.Fp32Passes.Value : 1;
        var cycles = passes * Math.Max(instruction.Items * perColumn + times.PassOverheadCycles, times.MinimumCycles);
        cycles += passes * instruction.MisalignedRows * times.MisalignedRowCycles;
        var occupancy = Units.Picoseconds(Units.Nanoseconds(cycles, times.ClockGhz) / times.SustainedRate);
        var streamed = BasisTime.Of(Units.Worse(perColumn.Basis, times.SustainedRate.Basis), occupancy);
        var latency = occupancy + Units.Picoseconds(times.LatencyNs);
        var rest = times.LatencyNs.Basis;
        if (isTransposition && latency < Units.Picoseconds(times.TransposeLatencyNs))
        {
            latency = Units.Picoseconds(times.TransposeLatencyNs);
            rest = times.TransposeLatencyNs.Basis;
        }

        return new Price(occupancy, latency, streamed + BasisTime.Of(rest, latency - occupancy));
    }
}
