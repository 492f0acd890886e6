namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>What the documents leave open about the Scalar engine's activations.</summary>
public static class ActivationGaps
{
    /// <summary>prelu in an operation without its parameter.</summary>
    public static readonly Gap Slope = new(
        Gap.Activations, "activation and activation_reduce take op prelu, but have no relu_param that would be its slope below 0",
        Gap.Refused);

    /// <summary>sin outside its range.</summary>
    public static readonly Gap SineBeyondPi = new(
        Gap.Activations, "beyond [-pi, pi] sin goes on as a cubic that is about 27.65 at 9; its coefficients are not given",
        "with d = |x| - pi, d (d^2 / 6 - 1) and the sign of x: the cubic that touches the sine at pi, which has that value at 9; "
        + "pi is the nearest fp32 number");

    /// <summary>Arguments that the documents call invalid.</summary>
    public static readonly Gap Range = new(
        Gap.Activations, "what log, sqrt, rsqrt, reciprocal and arctan give outside their range, 0 and Inf included; and whether the "
        + "fp32 number next to pi/2 is inside",
        "a fault in strict mode, the mathematical value else; it is inside, and NaN gives NaN");

    /// <summary>activation_reduce by other operators than add.</summary>
    public static readonly Gap Reduction = new(
        "activation_reduce", "reduce_op must be add on generation 2; what it may be later is not said, and activation has add only",
        Gap.Refused);

    /// <summary>Product and sum before the function.</summary>
    public static readonly Gap Rounding = new(
        Gap.Activations, "whether data scale is rounded before bias is added",
        "activation and activation_reduce round once, as a pipelined multiply-add does; activate2, which is described as two operators, "
        + "rounds each by itself");

    /// <summary>What enters the registers.</summary>
    public static readonly Gap Accumulation = new(
        Gap.Activations, "whether results enter the accumulate registers before or after they are rounded to dst's dtype, and in which order",
        "before, one after the other");

    /// <summary>Which register a row uses.</summary>
    public static readonly Gap Lane = new(
        Gap.Activations, "which accumulate register a row uses when data, dst and reduce_res start at different partitions",
        "that of the data's physical partition");

    /// <summary>Columns of activate2.</summary>
    public static readonly Gap Columns = new(
        "activate2", "which dtypes imm0, imm1 and relu_param have as columns, but that imm0 and imm1 have the same", "any dtype");
}
