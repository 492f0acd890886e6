using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Accuracy;

/// <summary>
/// Runs a model once with its matrices as they are and once for each format, on the same inputs or the same prompt.
/// </summary>
public static class AccuracyRun
{
    /// <summary>Labels that do not fit the output, or formats for what is no model.</summary>
    public static readonly DiagnosticCode Unfit = new(
        "TRN1005", "accuracy", "Formats are compared on models; there is one label for each row of the first output.",
        "Name a model (`trnemu help TRN1002`), and give as many labels as runs.");

    /// <summary>
    /// The baseline first, then a row for each format; activations are narrow in these rows where the options ask for it.
    /// </summary>
    /// <param name="target">A model.</param>
    /// <param name="options">Options of its runs; weights are what is compared.</param>
    /// <param name="formats">Formats, in the order of the rows.</param>
    /// <param name="labels">For each row of the first output where its largest element should be, or null.</param>
    /// <exception cref="TrnException">As for runs; TRN1005.</exception>
    public static IReadOnlyList<AccuracyRow> Of(
        string target, RunOptions options, IReadOnlyList<WeightFormat> formats, double[]? labels)
    {
        options = options with { Reference = false, Weights = null };
        var baseline = Emulator.Run(target, options with { Activations = null });
        if (baseline.Graph is null) throw Bad($"{target} is no model");
        var rows = new List<AccuracyRow> { Row("as it is", baseline, baseline, labels) };
        foreach (var format in formats)
            rows.Add(Row(format.Name, Emulator.Run(target, options with { Weights = format }), baseline, labels));
        return rows;
    }

    private static AccuracyRow Row(string name, RunResult result, RunResult baseline, double[]? labels)
    {
        var row = new AccuracyRow(name, WeightBytes(result, baseline), result.Timeline?.TimeUs);
        if (result.Generation is { } answer)
        {
            var steps = baseline.Generation!.Steps;
            return row with
            {
                Tokens = steps.Count,
                SameTokens = steps.Zip(answer.Steps).TakeWhile(t => t.First.Token == t.Second.Token).Count(),
            };
        }

        var (first, reference) = (Choices(result.Outputs[0]), Choices(baseline.Outputs[0]));
        if (labels is not null && labels.Length != first.Length)
            throw Bad($"there are {labels.Length} labels, the first output {result.Outputs[0].Name} has {first.Length} rows");
        return row with
        {
            Rows = first.Length,
            SameChoice = Same(first, reference),
            Right = labels is null ? null : Same(first, [.. labels.Select(l => (int)l)]),
            MeanChange = MeanChange(result.Outputs, baseline.Outputs),
        };
    }

    /// <summary>Bytes of the matrices and their scales: constants that only one of the two graphs has, or both.</summary>
    private static long WeightBytes(RunResult result, RunResult baseline)
    {
        var names = Quantiser.Matrices(baseline.Graph!);
        return result.Graph!.Tensors.Where(t => t.Role == Compiler.Graph.GraphRole.Constant && names.Any(n => Quantiser.IsPart(t.Name, n)))
            .Sum(t => t.Type.Bytes);
    }

    private static double? MeanChange(IReadOnlyList<TensorData> outputs, IReadOnlyList<TensorData> baseline)
    {
        var changes = outputs.Zip(baseline).Where(o => o.First.DType.IsFloat())
            .SelectMany(o => o.First.ToDoubles().Zip(o.Second.ToDoubles(), static (a, b) => Math.Abs(a - b)));
        return changes.DefaultIfEmpty().Average();
    }

    /// <summary>Where each row, along the last dimension, has its largest element.</summary>
    private static int[] Choices(TensorData output)
    {
        var (values, columns) = (output.ToDoubles(), output.Shape.Count == 0 ? 1 : output.Shape[^1]);
        var choices = new int[values.Length / columns];
        for (var i = 0; i < values.Length; i++)
        {
            var row = i / columns;
            if (values[i] > values[row * columns + choices[row]]) choices[row] = i % columns;
        }

        return choices;
    }

    private static int Same(int[] a, int[] b) => a.Zip(b).Count(p => p.First == p.Second);

    private static TrnException Bad(FormattableString message) => new(
        FailureKind.BadInput, Diagnostic.Error(Unfit, FormattableString.Invariant(message), SourceSpan.None));
}
