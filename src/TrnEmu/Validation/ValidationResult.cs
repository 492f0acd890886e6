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
