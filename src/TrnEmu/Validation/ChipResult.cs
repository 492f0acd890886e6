using TrnEmu.Core.Chips;

namespace TrnEmu.Validation;

/// <summary>What concerns one chip.</summary>
/// <param name="Name">The chip as the rows name it.</param>
/// <param name="Chip">The chip.</param>
/// <param name="Rows">Whole kernels.</param>
/// <param name="Stages">Stages of timelines.</param>
/// <param name="Instructions">Single instructions.</param>
/// <param name="Packets">Packets of a DMA engine.</param>
/// <param name="Constants">The chip's fitted numbers.</param>
public sealed record ChipResult(
    string Name, Chip Chip, IReadOnlyList<RowResult> Rows, IReadOnlyList<Figure> Stages,
    IReadOnlyList<Figure> Instructions, IReadOnlyList<Figure> Packets, IReadOnlyList<FittedConstant> Constants)
{
    /// <summary>Mean, median and spread of the rows' errors.</summary>
    public ErrorSummary Summary => ErrorSummary.Of(Rows);

    /// <summary>True when every limit of this chip holds. Stages have none.</summary>
    public bool Passed => Summary.MeanAbsolute <= Bounds.Mean && Rows.All(r => r.Passed)
        && Instructions.All(f => f.Passed) && Packets.All(f => f.Passed);
}
