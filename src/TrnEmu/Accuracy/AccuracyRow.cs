namespace TrnEmu.Accuracy;

/// <summary>What a model gives with its matrices in one format, beside what it gives with them as they are.</summary>
/// <param name="Format">As the command line has it.</param>
/// <param name="WeightBytes">Bytes of the matrices that the format applies to, scales included.</param>
/// <param name="TimeUs">Predicted time of a run, of generating models of a step.</param>
public sealed record AccuracyRow(string Format, long WeightBytes, double? TimeUs)
{
    /// <summary>Mean of |output - output of the baseline|, over all floating-point outputs.</summary>
    public double? MeanChange { get; init; }

    /// <summary>Rows of the first output whose largest element is where the baseline has it.</summary>
    public int? SameChoice { get; init; }

    /// <summary>Rows of the first output whose largest element is the given label.</summary>
    public int? Right { get; init; }

    /// <summary>Rows of the first output.</summary>
    public int? Rows { get; init; }

    /// <summary>Tokens that a generating model gives before the first that the baseline does not give.</summary>
    public int? SameTokens { get; init; }

    /// <summary>Tokens that the baseline gives.</summary>
    public int? Tokens { get; init; }
}
