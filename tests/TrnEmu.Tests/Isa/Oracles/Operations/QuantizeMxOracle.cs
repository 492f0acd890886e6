using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// The scale of a group of 8 partitions and 4 elements is 2^(floor(log2 of the largest) - (Emax - 1)) of 2^-127 to
/// 2^127, by the rule of OCP half of that. A NaN makes the scale and all of the group NaN.
/// </summary>
internal sealed class QuantizeMxOracle : IOracle<QuantizeMx>
{
    private const int GroupRows = 8;
    private const int Bias = 127;
    private const uint NoScale = 255;

    public void Run(QuantizeMx o, OracleMachine machine)
    {
        var (rows, columns, free) = (o.Src.Partitions, (int)o.Dst.Free, (int)o.Src.Free);
        var src = machine.Read(o.Src);
        var (dst, scales) = (new uint[rows * columns], machine.ReadBits(o.DstScale));
        for (var row = 0; row < rows; row += GroupRows)
            for (var column = 0; column < columns; column++)
            {
                float[][] group = [.. Enumerable.Range(row, GroupRows).Select(r =>
                    src.Skip(r * free + column * Microscaling.Packed).Take(Microscaling.Packed).ToArray())];
                var (scale, elements) = Of(o.Dst.DType, machine.Arithmetic.MxScale, group);
                scales[Microscaling.ScaleRow(row) * columns + column] = scale;
                for (var r = 0; r < GroupRows; r++) dst[(row + r) * columns + column] = elements[r];
            }

        // dst may lie on rows of dst_scale that hold no scales: those get their old bytes back before dst is written.
        machine.WriteBits(o.DstScale, scales);
        machine.WriteBits(o.Dst, dst);
    }

    private static (uint Scale, uint[] Elements) Of(DType dtype, MxScaleRule rule, float[][] group)
    {
        var largest = group.SelectMany(row => row).Select(Math.Abs).Aggregate(MathF.Max);
        if (float.IsNaN(largest))
            return (NoScale, [.. group.Select(row => Microscaling.Pack(dtype, row.Select(_ => double.NaN)))]);
        var exponent = Exponent(dtype, rule, largest);
        return ((uint)(exponent + Bias), [.. group.Select(row => Microscaling.Pack(
            dtype, row.Select(x => Within(dtype, rule, Math.ScaleB(x, -exponent)))))]);
    }

    private static int Exponent(DType dtype, MxScaleRule rule, float largest)
    {
        if (largest == 0) return -Bias;
        if (float.IsInfinity(largest)) return Bias;
        var emax = dtype == DType.Fp8E4M3FnX4 ? 8 : 15;
        return Math.Max(Math.ILogB(largest) - (rule == MxScaleRule.Ocp ? emax : emax - 1), -Bias);
    }

    /// <summary>By the rule of OCP numbers beyond the largest element saturate.</summary>
    private static double Within(DType dtype, MxScaleRule rule, double value)
    {
        var element = Microscaling.ElementOf(dtype)!.Value;
        var largest = Numbers.Decode(element, FloatFormat.Of(element).Largest);
        return rule == MxScaleRule.Ocp && double.IsFinite(value) ? Math.Clamp(value, -largest, largest) : value;
    }
}
