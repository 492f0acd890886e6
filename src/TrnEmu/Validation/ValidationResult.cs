using TrnEmu.Core.Chips;

namespace TrnEmu.Validation;

/// <summary>Predictions against measurements.</summary>
/// <param name="Chips">Each chip that has rows, in the order of the file.</param>
/// <param name="Steps">The steps of the ladders.</param>
public sealed record ValidationResult(IReadOnlyList<ChipResult> Chips, IReadOnlyList<LadderStep> Steps)
{
    /// <summary>The rows of all chips.</summary>
    public IEnumerable<RowResult> Rows => Chips.SelectMany(c => c.Rows);

    /// <summary>True when every limit holds.</summary>
    public bool Passed => Chips.All(c => c.Passed) && Steps.All(s => s.IsKept);
}

/// <summary>What concerns one chip.</summary>
/// <param name="Name">The chip as the rows name it.</param>
/// <param name="Chip">The chip.</param>
/// <param name="Rows">Whole kernels.</param>
/// <param name="Stages">Stages of timelines.</param>
/// <param name="Instructions">Single instructions.</param>
/// <param name="Packets">Packets of a DMA engine.</param>
/// <param name="Constants">The chip's fitted numbers.</param>
public sealed record ChipResult(
    string Name, Chip Chip, IReadOnlyList<RowResult> Rows, IReadOnlyList<Figure> Stages, IReadOnlyList<Figure> Instructions,
    IReadOnlyList<Figure> Packets, IReadOnlyList<FittedConstant> Constants)
{
    /// <summary>Mean, median and spread of the rows' errors.</summary>
    public ErrorSummary Summary => ErrorSummary.Of(Rows);

    /// <summary>True when every limit of this chip holds. Stages have none.</summary>
    public bool Passed => Summary.MeanAbsolute <= Bounds.Mean && Rows.All(r => r.Passed) && Instructions.All(f => f.Passed)
        && Packets.All(f => f.Passed);
}

/// <summary>A kernel.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Predicted">The prediction, in its unit.</param>
/// <param name="Dominates">What the predicted time consists of.</param>
/// <param name="LeftOut">
/// The prediction with the fitted numbers refitted to the other rows; null when no other row could fit them.
/// </param>
public sealed record RowResult(Measurement Row, double Predicted, string Dominates, double? LeftOut)
{
    /// <summary>predicted / measured - 1.</summary>
    public double Error => Predicted / Row.Measured - 1;

    /// <summary>The same of <see cref="LeftOut"/>.</summary>
    public double? LeftOutError => LeftOut / Row.Measured - 1;

    /// <summary>True when it is near enough.</summary>
    public bool Passed => Bounds.Allows(Row, Predicted);
}

/// <summary>A measured figure that is no row: a stage, an instruction, a packet.</summary>
/// <param name="Name">Which.</param>
/// <param name="Measured">As measured.</param>
/// <param name="Predicted">As predicted.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Passed">True when it is near enough.</param>
public sealed record Figure(string Name, double Measured, double Predicted, string Unit, bool Passed = true)
{
    /// <summary>predicted / measured - 1.</summary>
    public double Error => Predicted / Measured - 1;
}

/// <summary>Two rows of a ladder that follow one another.</summary>
/// <param name="Ladder">The ladder's name.</param>
/// <param name="From">The first.</param>
/// <param name="To">The second.</param>
public sealed record LadderStep(string Ladder, RowResult From, RowResult To)
{
    /// <summary>True when the predictions stand to each other as the measurements do.</summary>
    public bool IsKept => Bounds.KeepsOrder(From.Row.Measured, To.Row.Measured, From.Predicted, To.Predicted);
}

/// <summary>A number that was chosen to meet measurements.</summary>
/// <param name="Path">Where it stands in the chip's file.</param>
/// <param name="Quantity">The number.</param>
/// <param name="RestsOn">Rows whose prediction it moves.</param>
public sealed record FittedConstant(string Path, Quantity Quantity, IReadOnlyList<string> RestsOn);

/// <summary>Errors of some rows.</summary>
/// <param name="MeanAbsolute">Mean of the errors' magnitudes.</param>
/// <param name="MedianAbsolute">Their median.</param>
/// <param name="WithinTwo">Share of rows predicted between half and twice what was measured.</param>
/// <param name="MeanAbsoluteLeftOut">Mean magnitude of the errors with each row left out of the fit in turn.</param>
public readonly record struct ErrorSummary(
    double MeanAbsolute, double MedianAbsolute, double WithinTwo, double MeanAbsoluteLeftOut)
{
    /// <summary>Of rows; zeros of none.</summary>
    public static ErrorSummary Of(IEnumerable<RowResult> rows)
    {
        RowResult[] all = [.. rows];
        if (all.Length == 0) return new ErrorSummary(0, 0, 1, 0);
        double[] errors = [.. all.Select(r => Math.Abs(r.Error))];
        return new ErrorSummary(
            Statistics.Mean(errors), Statistics.Median(errors), Statistics.Mean(all.Select(r => r.Error is >= -0.5 and <= 1 ? 1.0 : 0)),
            Statistics.Mean(all.Where(r => r.LeftOut is not null).Select(r => Math.Abs(r.LeftOutError!.Value))));
    }
}
