using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Models;

/// <summary>Prices of Vector, Scalar or GpSimd.</summary>
internal sealed class ComputePrices(ComputeTimes times, ActivationTimes? activation)
{
    private const InstructionTraits NotFast =
        InstructionTraits.Strided | InstructionTraits.SourcePsum | InstructionTraits.DestinationPsum;

    /// <summary>The price, or null when the engine cannot do it.</summary>
    public Price? Of(in Instruction instruction, byte loadedTable)
    {
        if (activation is not null && instruction.Class == CostClass.ReadAccumulator)
            return ReadAccumulator(activation);
        if (!times.Classes.TryGetValue(instruction.Class, out var cost)) return null;
        var (cycles, basis) = CyclesPerItem(cost, instruction.Traits);
        var items = Units.Nanoseconds(Math.Max(instruction.Items * cycles, LeastCycles(instruction)), times.ClockGhz);
        var fixedLatency = instruction.Class == CostClass.ActivateTable && activation is not null
            ? activation.TableLatencyNs : times.LatencyNs;
        var itemsTime = Units.Picoseconds(items);
        var latency = Units.Picoseconds(items + fixedLatency);
        var split = BasisTime.Of(Units.Worse(basis, times.ClockGhz.Basis), itemsTime)
            + BasisTime.Of(fixedLatency.Basis, latency - itemsTime);
        var stream = times.Forwards.Value > 0 && instruction.Class.IsElementwise() ? itemsTime : 0;
        var price = new Price(Units.Picoseconds(items + times.OccupancyNs), latency, split, stream);
        return NeedsLoad(instruction, loadedTable) ? AfterLoad(price, activation!.TableLoadNs) : price;
    }

    /// <summary>True when the engine takes more than one item a cycle thanks to a mode for bf16 and fp16.</summary>
    public bool IsFast(in Instruction instruction) =>
        times.Classes.TryGetValue(instruction.Class, out var cost)
        && CyclesPerItem(cost, instruction.Traits).Cycles < cost.Cycles;

    private double LeastCycles(in Instruction instruction) =>
        instruction.Traits.HasFlag(InstructionTraits.Dynamic) ? times.DynamicCycles.Value : 0;

    private bool NeedsLoad(in Instruction instruction, byte loadedTable) =>
        activation is not null && instruction.Table != 0 && instruction.Table != loadedTable;

    private static Price AfterLoad(in Price price, Quantity loadNs)
    {
        var load = Units.Picoseconds(loadNs);
        return price with
        {
            Occupancy = price.Occupancy + load,
            Latency = price.Latency + load,
            Basis = price.Basis + BasisTime.Of(loadNs.Basis, load),
        };
    }

    /// <summary>
    /// Cycles of an item. A wide stride was measured against the plain rate, so it rules out the fast ones.
    /// </summary>
    private (double Cycles, Basis Basis) CyclesPerItem(ClassCost cost, InstructionTraits traits)
    {
        if (traits.HasFlag(InstructionTraits.WideStride))
        {
            var isNarrow = traits.HasFlag(InstructionTraits.Narrow);
            var factor = isNarrow ? times.NarrowWideStrideFactor : times.WideStrideFactor;
            return (cost.Cycles * factor, Units.Worse(cost.Cycles.Basis, factor.Basis));
        }

        var quantity = !traits.HasFlag(InstructionTraits.HalfFloat) ? cost.Cycles
            : (traits & NotFast) == 0 ? cost.HalfCycles : cost.HalfMixedCycles;
        return (quantity, quantity.Basis);
    }

    private Price ReadAccumulator(ActivationTimes activation)
    {
        var occupancy = Units.Picoseconds(Units.Nanoseconds(activation.ReadAccumulatorCycles, times.ClockGhz));
        var tail = Units.Picoseconds(Math.Max(0, times.LatencyNs - times.OccupancyNs));
        return new Price(
            occupancy, occupancy + tail,
            BasisTime.Of(activation.ReadAccumulatorCycles.Basis, occupancy)
                + BasisTime.Of(times.LatencyNs.Basis, tail));
    }
}
