using System.Runtime.InteropServices;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>A matrix w[K, N] in a narrow format: elements that are to be multiplied with scales.</summary>
/// <param name="Elements">[K, N], or [K, ceil(N / 2)] bytes of two.</param>
/// <param name="Scales">fp32 [1] or [N]; or [ceil(K / 32), N] bytes, exponents of two + 127.</param>
public sealed record QuantisedMatrix(byte[] Elements, byte[] Scales)
{
    /// <summary>Rows that share a microscale.</summary>
    public const int Block = 32;

    private const int Bias = 127;

    /// <summary>
    /// Rounds to nearest even. A scale is amax over the format's largest number, so that nothing saturates; a microscale
    /// is 2^(floor(log2 amax) - emax) by the rule of OCP, where large elements saturate, or twice that by the chip's.
    /// Where all elements are zero the scale is 1.
    /// </summary>
    /// <param name="values">[rows, columns], row-major.</param>
    /// <param name="columns">N.</param>
    /// <param name="format">A format with scales.</param>
    /// <param name="rule">Of microscales.</param>
    public static QuantisedMatrix Of(ReadOnlySpan<float> values, int columns, WeightFormat format, MxScaleRule rule) =>
        format.Scaling == WeightScaling.Mx ? Microscaled(values, columns, format, rule) : Scaled(values, columns, format);

    private static QuantisedMatrix Scaled(ReadOnlySpan<float> values, int columns, WeightFormat format)
    {
        var scales = new float[format.Scaling == WeightScaling.Channel ? columns : 1];
        for (var i = 0; i < values.Length; i++)
            scales[i % scales.Length] = Math.Max(scales[i % scales.Length], Math.Abs(values[i]));
        for (var i = 0; i < scales.Length; i++) scales[i] = scales[i] > 0 ? scales[i] / (float)format.Largest : 1;
        var scaled = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            scaled[i] = (float)Math.Clamp((double)values[i] / scales[i % scales.Length], -format.Largest, format.Largest);
        return new QuantisedMatrix(Narrow(format.Element, scaled), MemoryMarshal.AsBytes(scales.AsSpan()).ToArray());
    }

    private static QuantisedMatrix Microscaled(
        ReadOnlySpan<float> values, int columns, WeightFormat format, MxScaleRule rule)
    {
        var rows = values.Length / columns;
        var exponents = new byte[(rows + Block - 1) / Block * columns];
        var scaled = new float[values.Length];
        for (var b = 0; b < exponents.Length; b++)
        {
            var (first, column) = (b / columns * Block, b % columns);
            var last = Math.Min(first + Block, rows);
            var amax = 0f;
            for (var r = first; r < last; r++) amax = Math.Max(amax, Math.Abs(values[r * columns + column]));
            var exponent = amax > 0 ? (int)Math.Floor(Math.Log2(amax)) - format.EMax + (rule == MxScaleRule.Chip ? 1 : 0) : 0;
            exponents[b] = (byte)(Math.Clamp(exponent, 1 - Bias, Bias) + Bias);
            for (var r = first; r < last; r++)
            {
                var value = Math.ScaleB((double)values[r * columns + column], Bias - exponents[b]);
                scaled[r * columns + column] = (float)Math.Clamp(value, -format.Largest, format.Largest);
            }
        }

        return new QuantisedMatrix(format.IsPairs ? Pairs(scaled, columns) : Narrow(format.Element, scaled), exponents);
    }

    private static byte[] Narrow(DType dtype, float[] values)
    {
        var bytes = new byte[values.Length * dtype.Size()];
        if (dtype == DType.Int8) values = Array.ConvertAll(values, static v => MathF.Round(v));
        Conversions.Narrow(dtype, values, bytes);
        return bytes;
    }

    /// <summary>Two fp4_e2m1 in each byte of a row, the earlier one in the lower half.</summary>
    private static byte[] Pairs(float[] values, int columns)
    {
        var width = (columns + 1) / 2;
        var bytes = new byte[values.Length / columns * width];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            bytes[row * width + column / 2] |= (byte)(Fp4(values[i]) << (column % 2 * 4));
        }

        return bytes;
    }

    /// <summary>
    /// Sign, two bits of exponent and one of mantissa. Numbers below 2 are half units apart, below 4 units, then two
    /// units: rounded there to even.
    /// </summary>
    private static int Fp4(float value)
    {
        var magnitude = Math.Abs(value);
        var code = magnitude < 2 ? (int)MathF.Round(magnitude * 2)
            : magnitude < 4 ? (int)MathF.Round(magnitude) + 2 : (int)MathF.Round(magnitude / 2) + 4;
        return Math.Min(code, 7) | (float.IsNegative(value) ? 8 : 0);
    }
}
