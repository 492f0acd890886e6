namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>
/// Elements of every ONNX type from their bits, and doubles rounded to them: to nearest even, once. Sources: IEEE 754;
/// OCP 8-bit floating point; OCP microscaling formats; ONNX, "Float stored in 8 bits".
/// </summary>
internal static class HostTypes
{
    /// <summary>Bits of a small float: exponent, fraction, and what its uppermost codes mean.</summary>
    private readonly record struct Format(int Exponent, int Fraction, int Bias, double Largest, bool HasInfinity, bool HasNan)
    {
        public bool IsUnsignedZero => Bias == 1 << (Exponent - 1);
    }

    /// <summary>The value of an element.</summary>
    public static double Decode(OnnxType type, ulong bits) => type switch
    {
        OnnxType.Float => BitConverter.UInt32BitsToSingle((uint)bits),
        OnnxType.Double => BitConverter.UInt64BitsToDouble(bits),
        OnnxType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        OnnxType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)bits << 16),
        OnnxType.Float8E8M0 => (byte)bits == 0xff ? double.NaN : Math.ScaleB(1, (byte)bits - 127),
        OnnxType.Bool => (byte)bits == 0 ? 0 : 1,
        OnnxType.UInt64 => bits,
        _ when Find(type) is { } format => Decode(format, (int)bits),
        _ when type.IsSigned() => (long)(bits << (64 - type.Bits())) >> (64 - type.Bits()),
        _ => bits & (ulong.MaxValue >> (64 - type.Bits())),
    };

    /// <summary>The value that a type keeps of a finite or infinite number or NaN.</summary>
    /// <param name="type">A type; integers round half to even and saturate, bool is 0 or 1.</param>
    /// <param name="value">Any number; NaN becomes -0 in a float that has none, 0 in integers.</param>
    /// <param name="saturate">fp8 only: what is too large becomes the largest value, not infinity or NaN.</param>
    public static double Round(OnnxType type, double value, bool saturate = true) => type switch
    {
        OnnxType.Float => (float)value,
        OnnxType.Double => value,
        OnnxType.Float16 => (double)(Half)value,
        OnnxType.BFloat16 => Round(new Format(8, 7, 127, Math.ScaleB(255, 120), true, true), value, false),
        OnnxType.Float8E8M0 => RoundUp(value),
        OnnxType.Bool => value == 0 ? 0 : 1,
        _ when Find(type) is { } format => Round(format, value, saturate),
        _ when double.IsNaN(value) => 0,
        _ => Math.Clamp(Math.Round(value, MidpointRounding.ToEven), type.Lowest(), type.Highest()),
    };

    /// <summary>The lower bits of a whole number as an integer type: what C and numpy cast to.</summary>
    public static double Wrap(OnnxType type, double value)
    {
        if (!double.IsFinite(value)) return type.Bits() >= 32 && type.IsSigned() ? type.Lowest() : 0;
        if (value >= type.Lowest() && value <= type.Highest()) return value;
        var size = Math.ScaleB(1, type.Bits());
        var low = value - Math.Floor(value / size) * size;
        return low > type.Highest() ? low - size : low;
    }

    /// <summary>The power of two at or above a number in the given direction.</summary>
    /// <param name="value">A positive number; others become the smallest or NaN.</param>
    /// <param name="mode">up, down or nearest.</param>
    public static double RoundPower(double value, string mode)
    {
        if (double.IsNaN(value) || double.IsInfinity(value) || value < 0) return double.NaN;
        if (value == 0) return Math.ScaleB(1, -127);
        var exponent = Math.ILogB(value);
        var rest = value / Math.ScaleB(1, exponent);
        if (mode == "up" ? rest > 1 : mode == "nearest" && rest >= 1.5) exponent++;
        return Math.ScaleB(1, Math.Clamp(exponent, -127, 127));
    }

    private static double RoundUp(double value) => RoundPower(value, "up");

    private static double Decode(Format f, int bits)
    {
        var width = 1 + f.Exponent + f.Fraction;
        var (sign, code) = ((bits >> (width - 1)) & 1, bits & ((1 << (width - 1)) - 1));
        var (exponent, fraction) = (code >> f.Fraction, code & ((1 << f.Fraction) - 1));
        if (f.IsUnsignedZero && code == 0 && sign == 1) return double.NaN;
        var magnitude = exponent == 0
            ? Math.ScaleB(fraction, 1 - f.Bias - f.Fraction)
            : Math.ScaleB((1 << f.Fraction) + fraction, exponent - f.Bias - f.Fraction);
        if (magnitude > f.Largest) magnitude = f.HasInfinity && fraction == 0 ? double.PositiveInfinity : double.NaN;
        return sign == 1 ? -magnitude : magnitude;
    }

    private static double Round(Format f, double value, bool saturate)
    {
        if (double.IsNaN(value)) return f.HasNan ? double.NaN : -0.0;
        if (value == 0) return f.IsUnsignedZero ? 0 : value;
        var magnitude = Math.Abs(value);
        if (double.IsFinite(magnitude))
        {
            var quantum = Math.ScaleB(1, Math.Max(Math.ILogB(magnitude), 1 - f.Bias) - f.Fraction);
            magnitude = Math.Round(magnitude / quantum, MidpointRounding.ToEven) * quantum;
        }

        if (magnitude > f.Largest)
            magnitude = saturate || !f.HasNan ? f.Largest : f.HasInfinity ? double.PositiveInfinity : double.NaN;
        return magnitude == 0 && f.IsUnsignedZero ? 0 : Math.CopySign(magnitude, value);
    }

    private static Format? Find(OnnxType type) => type switch
    {
        OnnxType.Float8E4M3Fn => new(4, 3, 7, 448, false, true),
        OnnxType.Float8E4M3FnUz => new(4, 3, 8, 240, false, true),
        OnnxType.Float8E5M2 => new(5, 2, 15, 57344, true, true),
        OnnxType.Float8E5M2FnUz => new(5, 2, 16, 57344, false, true),
        OnnxType.Float4E2M1 => new(2, 1, 1, 6, false, false),
        _ => null,
    };
}
