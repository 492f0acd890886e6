using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Validation;

/// <summary>Prices of single instructions and packets against measured ones.</summary>
internal static class Tables
{
    /// <summary>Each measured instruction.</summary>
    public static IReadOnlyList<Figure> Instructions(Chip chip, IEnumerable<InstructionMeasurement> measured)
    {
        var model = new ChipTimingModel(chip);
        return [.. measured.Select(m => Instruction(model, chip, m))];
    }

    /// <summary>Each measured packet.</summary>
    public static IReadOnlyList<Figure> Packets(Chip chip, IEnumerable<PacketMeasurement> measured)
    {
        var model = new ChipTimingModel(chip);
        return [.. measured.Select(m => Packet(model.Packet(m.Bytes) / 1e3, m))];
    }

    private static Figure Instruction(ChipTimingModel model, Chip chip, InstructionMeasurement m)
    {
        var ns = m.Quantity switch
        {
            InstructionQuantity.Semaphore => model.Times.Semaphore / 1e3,
            InstructionQuantity.TableLoad => chip.Activation.TableLoadNs,
            InstructionQuantity.Latency => Price().Latency / 1e3,
            InstructionQuantity.ColdInterval => Price().Occupancy / 1e3 / chip.Tensor.ColdRate,
            _ => Price().Occupancy / 1e3,
        };
        var measured = Statistics.Median(m.Values);
        return new Figure(m.Name, measured, ns, "ns", Math.Abs(ns / measured - 1) <= Bounds.Instruction);

        Price Price() => model.Instruction(m.Engine, m.Instruction, m.Instruction.Table);
    }

    private static Figure Packet(double ns, PacketMeasurement m)
    {
        var passed = m.Bytes >= Bounds.LargePacketBytes
            ? Math.Abs(ns / m.Nanoseconds - 1) <= Bounds.LargePacket
            : Math.Abs(ns - m.Nanoseconds) <= Bounds.SmallPacketNs;
        return new Figure(FormattableString.Invariant($"{m.Bytes} B"), m.Nanoseconds, ns, "ns", passed);
    }
}
