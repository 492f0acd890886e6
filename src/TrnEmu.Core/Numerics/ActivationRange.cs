using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// The arguments for which the Scalar engine's approximation of a function is valid (nki.isa, "Supported Activation
/// Functions"): from Low to High, ends included, or those magnitudes of either sign. NaN is no argument and lies in
/// every range.
/// </summary>
/// <param name="Low">The smallest argument, or magnitude.</param>
/// <param name="High">The largest.</param>
/// <param name="IsMagnitude">Whether the sign does not matter.</param>
/// <param name="Text">The range as the documents write it.</param>
public readonly record struct ActivationRange(float Low, float High, bool IsMagnitude, string Text)
{
    private static readonly ActivationRange Log = Powers(-64, 64);
    private static readonly ActivationRange Sqrt = Powers(-116, 118);
    private static readonly ActivationRange Rsqrt = Powers(-87, 97);
    private static readonly ActivationRange Reciprocal = Powers(-42, 42, isMagnitude: true);
    private static readonly ActivationRange Arctan = new(0, MathF.PI / 2, IsMagnitude: true, "[-pi/2, pi/2]");

    /// <summary>The range of a function; null where every argument is valid, and for sin, which is defined beyond.</summary>
    public static ActivationRange? Of(ActivationFunction function) => function switch
    {
        ActivationFunction.Log => Log,
        ActivationFunction.Sqrt => Sqrt,
        ActivationFunction.Rsqrt => Rsqrt,
        ActivationFunction.Reciprocal => Reciprocal,
        ActivationFunction.Arctan => Arctan,
        _ => null,
    };

    /// <summary>True in the lanes whose argument lies outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> Outside(Vector512<float> x)
    {
        if (IsMagnitude) x = Vector512.Abs(x);
        return Vector512.LessThan(x, Vector512.Create(Low)) | Vector512.GreaterThan(x, Vector512.Create(High));
    }

    private static ActivationRange Powers(int low, int high, bool isMagnitude = false) => new(
        MathF.ScaleB(1, low), MathF.ScaleB(1, high), isMagnitude,
        FormattableString.Invariant($"{(isMagnitude ? "±" : "")}[2^{low}, 2^{high}]"));
}
