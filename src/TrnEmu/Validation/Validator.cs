using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>Predicts what was measured. Only time: nothing is executed.</summary>
public static class Validator
{
    /// <summary>Predicts everything that a set holds, or what it holds of one chip.</summary>
    /// <exception cref="TrnException">A row cannot be predicted, or there is none.</exception>
    public static ValidationResult Run(MeasurementSet set, string? chip = null)
    {
        IEnumerable<string> all =
        [
            .. set.Rows.Select(r => r.Chip), .. set.Instructions.Select(i => i.Chip),
            .. set.Packets.Select(p => p.Chip),
        ];
        string[] names = [.. all.Distinct()];
        string[] wanted = chip is null ? names : [.. names.Where(n => n == chip)];
        if (wanted.Length == 0)
        {
            var known = names.Length == 0 ? "there are none at all" : $"there are some of {string.Join(", ", names)}";
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                ValidationCodes.Empty, $"no measurement of {chip ?? "any chip"}: {known}", SourceSpan.None));
        }

        ChipResult[] chips = [.. wanted.Select(n => OfChip(n, set.Of(n)))];
        return new ValidationResult(chips, Steps(set.Ladders, [.. chips.SelectMany(c => c.Rows)]));
    }

    /// <summary>
    /// One chip after the other, so that the programs of one are gone before the next one's are made.
    /// </summary>
    private static ChipResult OfChip(string name, MeasurementSet set)
    {
        var chip = Chip.Load(name);
        RowModel[] models = [.. set.Rows.Select(r => RowModel.Build(r, chip))];
        string[] dominant = [.. models.Select(m => Dominance.Of(m.Time(chip)))];
        double[][] predicted = [.. models.Select(m => m.Predict(chip))];
        var fitted = new FittedNumbers(chip, name, models, predicted);
        var rows = new List<RowResult>();
        var stages = new List<Figure>();
        for (var i = 0; i < models.Length; i++)
        {
            var row = models[i].Row;
            if (row.Metric == Metric.Timeline) stages.AddRange(StagesOf(row, predicted[i]));
            else rows.Add(new RowResult(row, predicted[i][0], dominant[i], fitted.LeaveOut(i)));
        }

        return new ChipResult(
            name, chip, rows, stages, Tables.Instructions(chip, set.Instructions), Tables.Packets(chip, set.Packets),
            fitted.Constants);
    }

    private static IEnumerable<Figure> StagesOf(Measurement row, double[] predicted) => row.Stages.Zip(
        predicted, (stage, ns) => new Figure($"{row.Id} {stage.Key}", Statistics.Median(stage.Value), ns, row.Unit));

    private static List<LadderStep> Steps(IReadOnlyList<Ladder> ladders, IReadOnlyList<RowResult> rows)
    {
        var byId = rows.ToDictionary(r => r.Row.Id);
        var steps = new List<LadderStep>();
        foreach (var ladder in ladders)
        {
            for (var i = 1; i < ladder.Rows.Count; i++)
            {
                if (byId.TryGetValue(ladder.Rows[i - 1], out var from) && byId.TryGetValue(ladder.Rows[i], out var to))
                    steps.Add(new LadderStep(ladder.Name, from, to));
            }
        }

        return steps;
    }
}
