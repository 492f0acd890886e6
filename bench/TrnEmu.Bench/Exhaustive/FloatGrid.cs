using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Exhaustive;

/// <summary>
/// The numbers of a float dtype in ascending order, and what is nearest to an fp32, found by walking along them: an oracle
/// without bit tricks for values that come in order.
/// </summary>
internal sealed class FloatGrid
{
    private readonly double[] _values;
    private readonly int _unused;
    private readonly uint _beyond, _nan, _sign;

    /// <summary>Lists the numbers of a format.</summary>
    /// <param name="exponent">Bits of the exponent.</param>
    /// <param name="fraction">Bits of the fraction.</param>
    /// <param name="nan">The NaN that arithmetic writes.</param>
    /// <param name="unused">Bits below the fraction, always 0.</param>
    /// <param name="isFinite">No infinities: of the largest exponent only the last fraction is NaN.</param>
    private FloatGrid(int exponent, int fraction, uint nan, int unused = 0, bool isFinite = false)
    {
        (_nan, _unused, _sign) = (nan, unused, 1u << (exponent + fraction + unused));
        _beyond = ((1u << exponent) - 1 << fraction) + (isFinite ? (1u << fraction) - 1 : 0);
        _values = new double[_beyond + 1];
        for (var code = 0; code <= _beyond; code++)
        {
            var (e, f) = (code >> fraction, code & (1 << fraction) - 1);
            var significand = e == 0 ? f : f + (1 << fraction);
            _values[code] = Math.ScaleB(significand, Math.Max(e, 1) + 1 - (1 << (exponent - 1)) - fraction);
        }
    }

    /// <summary>Of the dtypes that fp32 is rounded to.</summary>
    public static IReadOnlyDictionary<DType, FloatGrid> All { get; } = new Dictionary<DType, FloatGrid>
    {
        [DType.Bf16] = new(8, 7, 0x7fc0),
        [DType.Fp16] = new(5, 10, 0x7e00),
        [DType.Tf32] = new(8, 10, 0x7fc00000, unused: 13),
        [DType.Fp8E4M3] = new(4, 3, 0x7f),
        [DType.Fp8E4M3Fn] = new(4, 3, 0x7f, isFinite: true),
        [DType.Fp8E5M2] = new(5, 2, 0x7f),
    };

    /// <summary>A place to walk from for values whose magnitudes are <paramref name="magnitude"/> or more.</summary>
    public int PlaceBelow(double magnitude)
    {
        var place = Array.BinarySearch(_values, Math.Min(magnitude, _values[^1]));
        return Math.Max(place < 0 ? ~place - 1 : place - 1, 0);
    }

    /// <summary>
    /// The bits of the nearest element, of two equally near the even one; <paramref name="place"/> goes along. Beyond the
    /// largest the next number counts as Inf, or as NaN.
    /// </summary>
    public uint Nearest(float x, ref int place)
    {
        if (float.IsNaN(x)) return _nan;
        var magnitude = Math.Abs((double)x);
        while (place < _beyond && IsPastMiddle(magnitude, place)) place++;
        if (place == _beyond && (_beyond << _unused) == _nan) return _nan;
        return (uint)place << _unused | (float.IsNegative(x) ? _sign : 0);
    }

    private bool IsPastMiddle(double magnitude, int place)
    {
        var middle = (_values[place] + _values[place + 1]) / 2;
        return magnitude > middle || (magnitude == middle && place % 2 == 1);
    }
}
