using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Generators;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// How fp32 values become narrower floats where it is not to nearest even and to Inf beyond the largest. Comes with the
/// tile that is written, and prepares values for the codecs, which then find nothing left to round.
/// </summary>
/// <remarks>
/// Stochastic rounding of element e of row p takes the 64 bits <c>mix(mix(key + p) + e)</c>, with
/// <c>key = mix(mix(mix(seed) + core) + operation)</c>, all modulo 2^64. The operation is counted in the run of its
/// core from 0, p in the rows and e in the elements of the operand, so host threads, the binding and the host's vectors
/// do not enter. mix(z) adds 0x9E3779B97F4A7C15 and is then the output function of SplitMix64.
/// </remarks>
public readonly struct Rounding
{
    private readonly ulong _key;
    private readonly int _row;
    private readonly bool _isStochastic, _saturates;

    private Rounding(ulong key, int row, bool isStochastic, bool saturates) =>
        (_key, _row, _isStochastic, _saturates) = (key, row, isStochastic, saturates);

    /// <summary>The rounding of one operation: stochastic where there is a seed.</summary>
    public static Rounding Of(long? seed, int core, long operation, Fp8Overflow overflow)
    {
        var key = seed is { } s ? Mix(Mix(Mix((ulong)s) + (ulong)core) + (ulong)operation) : 0;
        return new Rounding(key, 0, seed is not null, overflow == Fp8Overflow.Saturate);
    }

    /// <summary>The same for an operand whose row 0 is row <paramref name="first"/> of this one's.</summary>
    public Rounding From(int first) => new(_key, _row + first, _isStochastic, _saturates);

    /// <summary>True when values of the dtype must be prepared.</summary>
    public bool Concerns(DType dtype) =>
        (_isStochastic && dtype.IsFloat() && dtype != DType.Fp32) || (_saturates && IsFp8(dtype));

    /// <summary>Prepares elements [start, start + n) of a row of the operand.</summary>
    public void Prepare(DType dtype, int row, int start, Span<float> values)
    {
        if (_isStochastic) Stochastic.Round(dtype, Mix(_key + (ulong)(_row + row)), start, values);
        if (_saturates && IsFp8(dtype)) Clamp(values, Largest(dtype));
    }

    /// <summary>A bijection of 64 bits that moves 0 too.</summary>
    internal static ulong Mix(ulong z) => SplitMix64.Mix(z + SplitMix64.Step);

    private static bool IsFp8(DType dtype) => dtype is DType.Fp8E4M3 or DType.Fp8E4M3Fn or DType.Fp8E5M2;

    private static float Largest(DType dtype) => dtype switch
    {
        DType.Fp8E4M3 => 240,
        DType.Fp8E4M3Fn => 448,
        _ => 57344,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clamp(Span<float> values, float largest)
    {
        // Comparisons with NaN are false.
        foreach (ref var value in values)
        {
            if (value > largest) value = largest;
            else if (value < -largest) value = -largest;
        }
    }
}
