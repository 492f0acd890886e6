using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>
/// How the predictions of a chip's rows answer to its fitted numbers. Each number is varied by itself, the others
/// staying as they are; several at once are taken to multiply, which is exact where a time is a product of them and
/// near where it is not. A number that must be whole goes to whole numbers only.
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

        return [.. _numbers.Select((n, i) => KeyValuePair.Create(n.Path, n.At(at[i])))];
    }

    private double Best(int number, int[] rows, double[] at)
    {
        var trial = (double[])at.Clone();
        var (best, least) = (at[number], Loss(rows, at));
        foreach (var candidate in _numbers[number].Candidates())
        {
            trial[number] = candidate;
            var loss = Loss(rows, trial);
            if (loss < least - 1e-12) (best, least) = (candidate, loss);
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
        var isWhole = WhatIf.ExpectationOf(path)?.Whole ?? false;
        var factors = isWhole ? [.. Factors.Select(f => Whole(quantity, f)).Where(f => f > 0).Distinct()] : Factors;
        var nudge = isWhole ? Whole(quantity, Nudge) : Nudge;
        var nudged = Predict(nudge, Enumerable.Range(0, _models.Count));
        int[] moved = nudged is null ? [] : [.. nudged.Where(p => Moves(p.Key, p.Value)).Select(p => p.Key)];
        int[] curved = [.. moved.Where(i => _models[i].Row.Metric != Metric.Timeline)];
        var points = curved.ToDictionary(i => i, _ => new List<(double X, double Y)>());
        foreach (var factor in factors)
        {
            var predicted = factor == nudge ? nudged : Predict(factor, curved);
            if (predicted is null) continue;
            foreach (var i in curved) points[i].Add((Math.Log(factor), Math.Log(predicted[i][0] / _base[i][0])));
        }

        var curves = new ResponseCurve?[_models.Count];
        foreach (var i in curved) curves[i] = new ResponseCurve(points[i]);
        double[] known = curved.Length == 0 ? [0] : [.. points[curved[0]].Select(p => p.X)];
        return new Number(path, quantity, isWhole, moved, curves, known);

        Dictionary<int, double[]>? Predict(double factor, IEnumerable<int> rows) =>
            factor == 1
                ? rows.ToDictionary(i => i, i => _base[i]) : PredictWith(path, Scaled(quantity, factor, isWhole), rows);
    }

    private static double Scaled(Quantity quantity, double factor, bool isWhole) =>
        isWhole ? Math.Round(quantity.Value * factor) : quantity.Value * factor;

    /// <summary>
    /// The factor that leads to a whole number, away from the number itself: a tenth more of 8 is 9, not 8 again.
    /// </summary>
    private static double Whole(Quantity quantity, double factor)
    {
        var next = factor > 1 ? Math.Ceiling(quantity.Value * factor) : Math.Floor(quantity.Value * factor);
        return next / quantity.Value;
    }

    /// <summary>Predictions with one number changed, by row; null where the number may not be that.</summary>
    private Dictionary<int, double[]>? PredictWith(string path, double value, IEnumerable<int> rows)
    {
        try
        {
            var chip = Chip.Load(_name, [KeyValuePair.Create(path, value)]);
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
    /// <param name="IsWhole">It is a whole number: between those that were tried nothing is known.</param>
    /// <param name="Moved">Rows that it moves.</param>
    /// <param name="Curves">By row: log of how the prediction changes over log of how the number does.</param>
    /// <param name="Tried">Logs of the factors that were tried, ascending.</param>
    private sealed record Number(
        string Path, Quantity Quantity, bool IsWhole, int[] Moved, ResponseCurve?[] Curves, double[] Tried)
    {
        private const int Steps = 400;

        /// <summary>Logs of the factors that a refit chooses from.</summary>
        public IEnumerable<double> Candidates() => IsWhole ? Tried
            : Enumerable.Range(0, Steps + 1).Select(s => Tried[0] + (Tried[^1] - Tried[0]) * s / Steps);

        /// <summary>The number at the log of a factor.</summary>
        public double At(double log) => Scaled(Quantity, Math.Exp(log), IsWhole);
    }
}
