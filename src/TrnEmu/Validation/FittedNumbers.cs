using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>
/// How the predictions of a chip's rows answer to its fitted numbers. Each number is varied by itself, the others
/// staying as they are; several at once are taken to multiply, which is exact where a time is a product of them and
/// near where it is not.
/// </summary>
internal sealed class FittedNumbers
{
    /// <summary>A row rests on a number when a tenth more of it moves the prediction by more than this.</summary>
    public const double LeastInfluence = 0.005;

    private const double Nudge = 1.1;

    /// <summary>What a refit tries, and responses are known at: between, they are taken to be powers.</summary>
    private static readonly double[] Factors = [0.625, 0.8, 1, Nudge, 1.25, 1.6];

    private readonly string _name;
    private readonly IReadOnlyList<RowModel> _models;
    private readonly double[][] _base;
    private readonly List<Number> _numbers = [];

    /// <summary>Measures the responses of the rows' predictions.</summary>
    /// <param name="chip">The chip as it is.</param>
    /// <param name="name">Its name or file, for what-if runs.</param>
    /// <param name="models">Its rows.</param>
    /// <param name="predicted">Their predictions.</param>
    public FittedNumbers(Chip chip, string name, IReadOnlyList<RowModel> models, double[][] predicted)
    {
        (_name, _models, _base) = (name, models, predicted);
        foreach (var (path, quantity) in ChipNumbers.Of(chip))
        {
            if (quantity.Basis == Basis.Fitted) _numbers.Add(Measure(path, quantity));
        }
    }

    /// <summary>The numbers and the rows that each rests on.</summary>
    public IReadOnlyList<FittedConstant> Constants =>
        [.. _numbers.Select(n => new FittedConstant(n.Path, n.Quantity, [.. n.Moved.Select(i => _models[i].Row.Id)]))];

    /// <summary>
    /// The prediction of a row by numbers refitted to the other rows; the plain one where no number moves it, null
    /// where only this row could tell the numbers that do.
    /// </summary>
    public double? LeaveOut(int row)
    {
        Number[] own = [.. _numbers.Where(n => n.Curves[row] is not null)];
        if (own.Length == 0) return _base[row][0];
        if (!own.Any(n => Others(n, row).Any())) return null;
        var refitted = Refit(row);
        return _models[row].Predict(Chip.Load(_name, refitted))[0];
    }

    /// <summary>
    /// One number after the other goes where the squared logarithmic errors of the rows that it moves are least, until
    /// none moves any more.
    /// </summary>
    private List<KeyValuePair<string, double>> Refit(int without)
    {
        const int Rounds = 30;
        var at = new double[_numbers.Count];
        for (var (round, moved) = (0, true); moved && round < Rounds; round++)
        {
            moved = false;
            for (var i = 0; i < at.Length; i++)
            {
                int[] rows = [.. Others(_numbers[i], without)];
                var best = rows.Length == 0 ? 0 : Best(i, rows, at);
                moved |= best != at[i];
                at[i] = best;
            }
        }

        return [.. _numbers.Select((n, i) => KeyValuePair.Create(n.Path, n.Quantity.Value * Math.Exp(at[i])))];
    }

    private double Best(int number, int[] rows, double[] at)
    {
        const int Steps = 400;
        var trial = (double[])at.Clone();
        var (low, high) = _numbers[number].Range;
        var (best, least) = (at[number], Loss(rows, at));
        for (var step = 0; step <= Steps; step++)
        {
            trial[number] = low + (high - low) * step / Steps;
            var loss = Loss(rows, trial);
            if (loss < least - 1e-12) (best, least) = (trial[number], loss);
        }

        return best;
    }

    private double Loss(int[] rows, double[] at)
    {
        double loss = 0;
        foreach (var row in rows)
        {
            var error = Math.Log(_base[row][0] / _models[row].Row.Measured);
            for (var i = 0; i < at.Length; i++) error += _numbers[i].Curves[row]?.At(at[i]) ?? 0;
            loss += error * error;
        }

        return loss;
    }

    /// <summary>Whole kernels other than one that a number moves.</summary>
    private IEnumerable<int> Others(Number number, int row) =>
        number.Moved.Where(i => i != row && _models[i].Row.Metric != Metric.Timeline);

    private Number Measure(string path, Quantity quantity)
    {
        var nudged = Predict(path, quantity, Nudge, Enumerable.Range(0, _models.Count));
        int[] moved = nudged is null ? [] : [.. nudged.Where(p => Moves(p.Key, p.Value)).Select(p => p.Key)];
        int[] curved = [.. moved.Where(i => _models[i].Row.Metric != Metric.Timeline)];
        var points = curved.ToDictionary(i => i, _ => new List<(double X, double Y)>());
        foreach (var factor in Factors)
        {
            var predicted = factor == Nudge ? nudged : Predict(path, quantity, factor, curved);
            if (predicted is null) continue;
            foreach (var i in curved) points[i].Add((Math.Log(factor), Math.Log(predicted[i][0] / _base[i][0])));
        }

        var curves = new ResponseCurve?[_models.Count];
        foreach (var i in curved) curves[i] = new ResponseCurve(points[i]);
        var range = curved.Length == 0 ? (0, 0) : (points[curved[0]][0].X, points[curved[0]][^1].X);
        return new Number(path, quantity, moved, curves, range);
    }

    /// <summary>Predictions with one number changed, by row; null where the number may not be that.</summary>
    private Dictionary<int, double[]>? Predict(string path, Quantity quantity, double factor, IEnumerable<int> rows)
    {
        if (factor == 1) return rows.ToDictionary(i => i, i => _base[i]);
        try
        {
            var chip = Chip.Load(_name, [KeyValuePair.Create(path, quantity.Value * factor)]);
            return rows.ToDictionary(i => i, i => _models[i].Predict(chip));
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == ChipCodes.BadValue)
        {
            return null;
        }
    }

    private bool Moves(int row, double[] nudged) =>
        nudged.Zip(_base[row]).Any(p => Math.Abs(p.First / p.Second - 1) > LeastInfluence);

    /// <summary>A fitted number and how predictions answer to it.</summary>
    /// <param name="Path">Where it stands.</param>
    /// <param name="Quantity">What it is.</param>
    /// <param name="Moved">Rows that it moves.</param>
    /// <param name="Curves">By row: log of how the prediction changes over log of how the number does.</param>
    /// <param name="Range">Logs of the least and most that were tried.</param>
    private sealed record Number(
        string Path, Quantity Quantity, int[] Moved, ResponseCurve?[] Curves, (double Low, double High) Range);
}
