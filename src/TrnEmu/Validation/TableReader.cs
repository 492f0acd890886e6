using System.Globalization;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Validation;

/// <summary>Reads the measurements of single instructions and packets.</summary>
internal static class TableReader
{
    /// <summary>The instructions of a file.</summary>
    public static IReadOnlyList<InstructionMeasurement> Instructions(NodeReader reader, ChipNode root) =>
        root["instructions"] is { } node && reader.IsMap(node)
            ? [.. node.Members.Select(m => Of(reader, m.Key, m.Value))] : [];

    /// <summary>The packets of a file.</summary>
    public static IReadOnlyList<PacketMeasurement> Packets(NodeReader reader, ChipNode root)
    {
        if (root["packets"] is not { } chips || !reader.IsMap(chips)) return [];
        var packets = new List<PacketMeasurement>();
        foreach (var (chip, node) in chips.Members)
        {
            CheckChip(reader, node, chip);
            if (!reader.IsObject(node, "unit", "source", "intervals")) continue;
            CheckUnit(reader, node);
            reader.Text(node, "source");
            if (reader.Need(node, "intervals") is not { } intervals || !reader.IsMap(intervals)) continue;
            foreach (var (bytes, value) in intervals.Members)
            {
                if (!int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
                    reader.Bad(value, $"is under \"{bytes}\", which is no number of bytes");
                packets.Add(new PacketMeasurement(chip, size, reader.Value(value)));
            }
        }

        return packets;
    }

    private static InstructionMeasurement Of(NodeReader reader, string name, ChipNode node)
    {
        var none = new InstructionMeasurement(name, "", default, Engine.Scalar, default, []);
        var isObject = reader.IsObject(
            node, "chip", "quantity", "unit", "values", "source", "engine", "class", "items", "dtype", "traits");
        if (!isObject) return none;
        var chip = reader.Text(node, "chip");
        if (chip.Length > 0) CheckChip(reader, node["chip"]!, chip);
        CheckUnit(reader, node);
        reader.Text(node, "source");
        var quantity = reader.Need(node, "quantity") is { } q ? reader.Word<InstructionQuantity>(q) : default;
        var isPriced = quantity is not (InstructionQuantity.TableLoad or InstructionQuantity.Semaphore);
        return none with
        {
            Chip = chip,
            Quantity = quantity,
            Engine = isPriced && reader.Need(node, "engine") is { } engine ? ReadEngine(reader, engine) : Engine.Scalar,
            Instruction = isPriced ? Work(reader, node) : default,
            Values = reader.Need(node, "values") is { } values ? reader.Values(values) : [],
        };
    }

    private static Instruction Work(NodeReader reader, ChipNode node)
    {
        var cost = reader.Need(node, "class") is { } c ? reader.Word<CostClass>(c) : default;
        var items = reader.Need(node, "items") is { } i ? reader.Size(i) : 1;
        var dtype = DType.Fp32;
        if (reader.Need(node, "dtype") is { } d && !DTypes.TryParse(reader.Text(d), out dtype))
            reader.Bad(d, $"is \"{d.Text}\", no dtype of that name");
        var traits = InstructionTraits.None;
        if (node["traits"] is { } words)
        {
            foreach (var trait in reader.Each(words, "words", reader.Word<InstructionTraits>)) traits |= trait;
        }

        return new Instruction(cost, items, dtype, traits);
    }

    private static Engine ReadEngine(NodeReader reader, ChipNode node)
    {
        var text = reader.Text(node);
        foreach (var engine in Enum.GetValues<Engine>())
        {
            var isMeant = string.Equals(engine.ToString(), text, StringComparison.OrdinalIgnoreCase);
            if (isMeant && engine != Engine.None) return engine;
        }

        reader.Bad(node, $"is \"{text}\", no engine of that name");
        return Engine.Scalar;
    }

    private static void CheckUnit(NodeReader reader, ChipNode node)
    {
        if (reader.Need(node, "unit") is { } unit && reader.Text(unit) is var text && text != "ns")
            reader.Bad(unit, $"is \"{text}\", must be \"ns\"");
    }

    private static void CheckChip(NodeReader reader, ChipNode node, string chip)
    {
        try
        {
            Chip.Load(chip);
        }
        catch (TrnException e)
        {
            reader.Bad(node, $"is of {chip}: {e.Diagnostics[0].Message}");
        }
    }
}
