namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>What the documents leave open about the Scalar engine's activations.</summary>
public static class ActivationGaps
{
    /// <summary>prelu in an operation without its parameter.</summary>
    public static readonly Gap Slope = new(
        "activation", "activation and activation_reduce take op prelu, but have no relu_param that would be its slope below 0",
        Gap.Refused);

    /// <summary>sin outside its range.</summary>
    public static readonly Gap SineBeyondPi = new(
        "activation", "beyond [-pi, pi] sin goes on as a cubic that is about 27.65 at 9; its coefficients are not given",
        "with d = |x| - pi, d (d^2 / 6 - 1) and the sign of x: the cubic that touches the sine at pi, which has that value at 9; "
        + "pi is the nearest fp32 number");
}
