using System.Globalization;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Core.Text;

/// <summary>
/// The rule by which a chip prices the engine instructions of an operation, with the numbers of the chip and what they
/// rest on. The instructions are those of the operation's example.
/// </summary>
internal static class IsaCost
{
    /// <summary>One line for each engine instruction; empty when the chip does not have the operation.</summary>
    public static IReadOnlyList<string> Of(OperationInfo operation, Chip chip)
    {
        if (operation.Attribute.MinGeneration > chip.Generation || IsaExample.Entry(operation) is not var (program, entry)) return [];
        var lines = new List<string>();
        var sink = new ExpansionSink();
        sink.Begin(program, entry.Engine, chip.Generation);
        entry.Operation.Expand(sink);
        foreach (var instruction in sink.Instructions) lines.Add($"{entry.Engine.Name()} {Rule(instruction.Class, entry.Engine, chip)}");
        if (sink.Transfer is not null) lines.Add(Transfer(chip.Dma));
        return [.. lines.Distinct()];
    }

    private static string Rule(CostClass kind, Engine engine, Chip chip) => $"{OperationInfo.SnakeCase(kind.ToString())}: " + kind switch
    {
        CostClass.DmaTrigger => Fixed(Issue(chip, engine).TriggerNs),
        CostClass.Register or CostClass.Branch => Fixed(Issue(chip, engine).RegisterNs),
        CostClass.LoadStationary => Line(
            $"(columns / {N(chip.Tensor.LoadColumnsPerCycle)} + {N(chip.Tensor.LoadOverheadCycles)}) cycles of {N(chip.Tensor.ClockGhz)} GHz, "
            + $"4-byte elements twice the columns", chip.Tensor.LoadColumnsPerCycle),
        CostClass.MultiplyMoving => Line(
            $"(columns x {N(chip.Tensor.CyclesPerColumn)} + {N(chip.Tensor.PassOverheadCycles)}) cycles of {N(chip.Tensor.ClockGhz)} GHz, fp32 "
            + $"{N(chip.Tensor.Fp32Passes)} times (columns x {N(chip.Tensor.Fp32CyclesPerColumn)} + {N(chip.Tensor.PassOverheadCycles)}); "
            + $"result {N(chip.Tensor.LatencyNs)} ns later", chip.Tensor.CyclesPerColumn),
        CostClass.TransposeMoving => Line(
            $"(columns x {N(chip.Tensor.CyclesPerColumn)}, of 4 bytes x {N(chip.Tensor.Fp32CyclesPerColumn)}, + "
            + $"{N(chip.Tensor.PassOverheadCycles)}) cycles of {N(chip.Tensor.ClockGhz)} GHz", chip.Tensor.CyclesPerColumn),
        CostClass.ReadAccumulator => Line(
            $"{N(chip.Activation.ReadAccumulatorCycles)} cycles of {N(chip.Scalar.ClockGhz)} GHz", chip.Activation.ReadAccumulatorCycles),
        _ => Compute(kind, Times(chip, engine), kind == CostClass.ActivateTable ? chip.Activation.TableLatencyNs : null),
    };

    private static string Compute(CostClass kind, ComputeTimes? times, Quantity? latency)
    {
        if (times is null || !times.Classes.TryGetValue(kind, out var cost)) return "this engine does not have it";
        latency ??= times.LatencyNs;
        var isFast = cost.HalfCycles.Value != cost.Cycles.Value || cost.HalfMixedCycles.Value != cost.Cycles.Value;
        var fast = isFast ? $" ({N(cost.HalfCycles)} of bf16 and fp16 in SBUF, {N(cost.HalfMixedCycles)} strided or in PSUM)" : "";
        return Line($"items x {N(cost.Cycles)}{fast} cycles of {N(times.ClockGhz)} GHz + {N(times.OccupancyNs)} ns; "
            + $"result items and {N(latency)} ns after the start", cost.Cycles);
    }

    private static string Transfer(DmaTimes dma) => "dma packets: " + Line(
        $"(ceil(bytes / {N(dma.BytesPerCycle)}) + {N(dma.PacketOverheadCycles)}) cycles of {N(dma.ClockGhz)} GHz on the engine of their partitions, "
        + $"written {N(dma.WriteLatencyNs)} ns later", dma.BytesPerCycle);

    private static string Fixed(Quantity ns) => Line($"{N(ns)} ns", ns);

    private static string Line(string rule, Quantity basis) =>
        $"{rule} ({basis.Basis.ToString().ToLowerInvariant()}: {basis.Source})";

    private static string N(Quantity quantity) => quantity.Value.ToString("0.####", CultureInfo.InvariantCulture);

    private static IssueTimes Issue(Chip chip, Engine engine) => engine switch
    {
        Engine.Tensor => chip.Tensor.Issue,
        Engine.Sync => chip.Sync,
        _ => Times(chip, engine)!.Issue,
    };

    private static ComputeTimes? Times(Chip chip, Engine engine) => engine switch
    {
        Engine.Vector => chip.Vector,
        Engine.Scalar => chip.Scalar,
        Engine.GpSimd => chip.Gpsimd,
        _ => null,
    };
}
