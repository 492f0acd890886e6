namespace TrnEmu.Validation;

/// <summary>Two rows of a ladder that follow one another.</summary>
/// <param name="Ladder">The ladder's name.</param>
/// <param name="From">The first.</param>
/// <param name="To">The second.</param>
public sealed record LadderStep(string Ladder, RowResult From, RowResult To)
{
    /// <summary>True when the predictions stand to each other as the measurements do.</summary>
    public bool IsKept => Bounds.KeepsOrder(From.Row.Measured, To.Row.Measured, From.Predicted, To.Predicted);
}
