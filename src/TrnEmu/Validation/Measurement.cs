using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Validation;

/// <summary>A measurement of a kernel on a real chip, and what to run to predict it.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Chip">A chip's name or file.</param>
/// <param name="Kernel">A kernel's name, or the path of a .trn file.</param>
public sealed record Measurement(string Id, string Chip, string Kernel)
{
    /// <summary>A kernel's case; null for its first.</summary>
    public string? Case { get; init; }

    /// <summary>Sizes by dimension.</summary>
    public IReadOnlyDictionary<string, int> Dims { get; init; } = new Dictionary<string, int>();

    /// <summary>Type of the tensors; null for the case's own.</summary>
    public DType? DType { get; init; }

    /// <summary>What was measured.</summary>
    public Metric Metric { get; init; }

    /// <summary>Unit of the values: ns, us, ms, % or GB/s.</summary>
    public string Unit { get; init; } = "us";

    /// <summary>What was measured, once or several times; none for a timeline.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>What each stage of a timeline took.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Stages { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>True when the time contains the runtime's start and end.</summary>
    public bool IncludesRuntime { get; init; }

    /// <summary>Where it is from.</summary>
    public string Source { get; init; } = "";

    /// <summary>What else is known about it.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>The median of the values: what predictions are compared with.</summary>
    public double Measured => Statistics.Median(Values);
}
