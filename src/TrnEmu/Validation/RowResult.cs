namespace TrnEmu.Validation;

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
