namespace TrnEmu.Validation;

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
        var within = all.Count(r => r.Error is >= -0.5 and <= 1) / (double)all.Length;
        var leftOut = all.Where(r => r.LeftOut is not null).Select(r => Math.Abs(r.LeftOutError!.Value));
        return new ErrorSummary(Statistics.Mean(errors), Statistics.Median(errors), within, Statistics.Mean(leftOut));
    }
}
