namespace TrnEmu.Core.Numerics;

/// <summary>
/// The argument of an activation function, src scale + bias, and its parameter, where the function has one.
/// </summary>
/// <param name="scale">The factor.</param>
/// <param name="bias">The summand; -0 adds nothing, whatever the product, where 0 would lose the sign of -0.</param>
/// <param name="parameter">The slope of prelu.</param>
/// <param name="isFused">Product and sum are rounded once, else each by itself.</param>
public readonly struct Affine(Operand scale, Operand bias, Operand parameter = default, bool isFused = true)
{
    /// <summary>src itself.</summary>
    public static Affine None => new(1f, -0f);

    internal readonly Operand Scale = scale, Bias = bias, Parameter = parameter;
    internal readonly bool IsFused = isFused;
}
