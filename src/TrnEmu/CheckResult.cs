namespace TrnEmu;

/// <summary>How the outputs compare with the fp64 reference.</summary>
/// <param name="MaxAbsoluteError">Largest |output - reference|.</param>
/// <param name="MaxRelativeError">Largest |output - reference| over the largest |reference| of that output.</param>
/// <param name="Tolerance">Bound on the relative error, by dtype.</param>
/// <param name="FirstWrong">The first element beyond the bound in words, or null.</param>
public sealed record CheckResult(double MaxAbsoluteError, double MaxRelativeError, double Tolerance, string? FirstWrong)
{
    /// <summary>Every element is within the bound.</summary>
    public bool Passed => FirstWrong is null;
}
