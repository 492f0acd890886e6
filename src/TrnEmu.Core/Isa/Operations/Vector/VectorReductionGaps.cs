namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>What the documents leave open about Vector's accumulate registers.</summary>
public static class VectorReductionGaps
{
    private const string Subject = Gap.VectorAccumulators;

    /// <summary>Values enter the registers as fp32.</summary>
    public static readonly Gap Rounding = new(
        Subject, "whether a value joins its register before or after it is rounded to dst's dtype",
        "before: only so is range_select's note true, that reduce_res keeps a -3.4028235e38 which dst rounds to -Inf");

    /// <summary>Lanes go by the data.</summary>
    public static readonly Gap Lane = new(
        Subject, "which register a row uses when the data and dst start at different partitions",
        "that of the data's physical partition");

    /// <summary>The registers after idle have no value to write.</summary>
    public static readonly Gap IdleResult = new(
        Subject, "what reduce_res receives when reduce_cmd is idle, after which the registers are unknown",
        Gap.Refused);
}
