using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Validation;

/// <summary>Reads the rows of a file, and checks that what they name exists.</summary>
internal sealed class RowReader(NodeReader reader, string file)
{
    private const int LongestId = 80;

    private static readonly Dictionary<Metric, string[]> Units = new()
    {
        [Metric.Latency] = ["ns", "us", "ms"],
        [Metric.Mfu] = ["%"],
        [Metric.Bandwidth] = ["GB/s"],
        [Metric.Timeline] = ["ns"],
    };

    /// <summary>The rows, in the order of the file.</summary>
    public IReadOnlyList<Measurement> Read(ChipNode root) => reader.Need(root, "rows") is { } rows && reader.IsMap(rows)
        ? [.. rows.Members.Select(m => Row(m.Key, m.Value))] : [];

    private Measurement Row(string id, ChipNode node)
    {
        var row = new Measurement(id, "", "") { Span = new SourceSpan(file, node.Line) };
        var isObject = reader.IsObject(
            node, "chip", "kernel", "case", "dims", "dtype", "metric", "unit", "values", "stages", "includes_runtime",
            "source", "note");
        if (!isObject) return row;
        if (id.Any(char.IsControl) || id.Length is 0 or > LongestId)
            reader.Bad(node, $"has an id of {id.Length} characters: 1 to {LongestId} are printed, none of them a control character");
        row = row with
        {
            Chip = reader.Text(node, "chip"),
            Kernel = reader.Text(node, "kernel"),
            Case = reader.OptionalText(node, "case"),
            Dims = Dims(node["dims"]),
            DType = node["dtype"] is { } dtype ? ReadDType(dtype) : null,
            Metric = reader.Need(node, "metric") is { } metric ? reader.Word<Metric>(metric) : default,
            Unit = reader.Text(node, "unit"),
            IncludesRuntime = reader.Flag(node, "includes_runtime"),
            Source = reader.Text(node, "source"),
            Note = reader.OptionalText(node, "note") ?? "",
        };
        if (row.Unit.Length > 0 && !Units[row.Metric].Contains(row.Unit))
            reader.Bad(node["unit"]!, $"is \"{row.Unit}\", expected one of {string.Join(", ", Units[row.Metric])}");
        row = row.Metric == Metric.Timeline ? row with { Stages = Stages(node) } : row with { Values = Values(node) };
        CheckChip(node, row);
        return CheckKernel(node, row);
    }

    private Dictionary<string, int> Dims(ChipNode? node) => node is not null && reader.IsMap(node)
        ? node.Members.DistinctBy(m => m.Key).ToDictionary(m => m.Key, m => reader.Size(m.Value)) : [];

    private DType? ReadDType(ChipNode node)
    {
        if (DTypes.TryParse(reader.Text(node), out var dtype)) return dtype;
        reader.Bad(node, $"is \"{node.Text}\", no dtype of that name");
        return null;
    }

    private IReadOnlyList<double> Values(ChipNode node)
    {
        if (node["stages"] is { } stages) reader.Bad(stages, "belongs to the metric timeline");
        return reader.Need(node, "values") is { } values ? reader.Values(values) : [];
    }

    private Dictionary<string, IReadOnlyList<double>> Stages(ChipNode node)
    {
        if (node["values"] is { } values) reader.Bad(values, "belongs to the other metrics, a timeline has stages");
        if (reader.Need(node, "stages") is not { } stages || !reader.IsMap(stages)) return [];
        foreach (var (name, stage) in stages.Members)
        {
            if (!Validation.Stages.Names.Contains(name))
                reader.Bad(stage, $"is no stage, known are {string.Join(", ", Validation.Stages.Names)}");
        }

        return stages.Members.DistinctBy(m => m.Key).ToDictionary(m => m.Key, m => reader.Values(m.Value));
    }

    private void CheckChip(ChipNode node, Measurement row)
    {
        if (row.Chip.Length == 0) return;
        try
        {
            Chip.Load(row.Chip);
        }
        catch (TrnException e)
        {
            foreach (var finding in e.Diagnostics) reader.Bad(node["chip"]!, $"is {row.Chip}: {finding.Message}");
        }
    }

    /// <summary>
    /// The row with the path of its program beside the file; findings when nothing of that name exists.
    /// </summary>
    private Measurement CheckKernel(ChipNode node, Measurement row)
    {
        if (row.Kernel.Length == 0) return row;
        var place = node["kernel"]!;
        if (row.Kernel.EndsWith(".py", StringComparison.Ordinal))
        {
            reader.Bad(place, $"is {row.Kernel}: NKI scripts cannot be run yet, name a kernel or a .trn file");
            return row;
        }

        if (row.Kernel.EndsWith(".trn", StringComparison.Ordinal)) return CheckProgram(place, row);
        try
        {
            var workload = KernelWorkload.Find(row.Kernel, RowModel.OptionsOf(row));
            if (row.Metric == Metric.Mfu && workload.UsefulMacs is null)
                reader.Bad(place, $"is {row.Kernel}, which makes no matrix products: it has no MFU");
        }
        catch (TrnException e)
        {
            foreach (var finding in e.Diagnostics) reader.Bad(place, $"is {row.Kernel}: {finding.Message}");
        }

        return row;
    }

    private Measurement CheckProgram(ChipNode place, Measurement row)
    {
        if (row.Case is not null || row.Dims.Count > 0 || row.DType is not null)
            reader.Bad(place, $"is {row.Kernel}: a .trn program has no case, dims or dtype to choose");
        if (row.Metric == Metric.Mfu)
            reader.Bad(place, $"is {row.Kernel}: nobody says what arithmetic a .trn program needs, it has no MFU");
        var path = Path.Combine(Path.GetDirectoryName(file) ?? "", row.Kernel);
        if (!File.Exists(path)) reader.Bad(place, $"is {row.Kernel}: there is no such file beside this one");
        return row with { Kernel = path };
    }
}
