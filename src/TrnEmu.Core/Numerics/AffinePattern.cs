using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// The integers v(p, i0, i1, i2, i3) = Offset + p ChannelMultiplier + i0 Step0 + i1 Step1 + i2 Step2 + i3 Step3 modulo
/// 2^32, numbered like the elements of a tile: level 3 fastest, unused levels count 1.
/// </summary>
/// <param name="Offset">v of the first element of partition 0.</param>
/// <param name="ChannelMultiplier">Difference from one partition to the next.</param>
/// <param name="Step0">Difference along the outermost level.</param>
/// <param name="Count0">Elements of the outermost level.</param>
/// <param name="Step1">Difference along level 1.</param>
/// <param name="Count1">Elements of level 1.</param>
/// <param name="Step2">Difference along level 2.</param>
/// <param name="Count2">Elements of level 2.</param>
/// <param name="Step3">Difference along the innermost level.</param>
/// <param name="Count3">Elements of the innermost level.</param>
public readonly record struct AffinePattern(
    int Offset, int ChannelMultiplier,
    int Step0, int Count0, int Step1, int Count1, int Step2, int Count2, int Step3, int Count3)
{
    /// <summary>One level: v(p, i) = offset + p * channelMultiplier + i * step.</summary>
    public static AffinePattern Row(int offset, int channelMultiplier, int step, int count) =>
        new(offset, channelMultiplier, 0, 1, 0, 1, 0, 1, step, count);

    /// <summary>values[i] = v of element start + i of the partition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int partition, int start, Span<int> values)
    {
        while (!values.IsEmpty)
        {
            var (outer, i3) = Math.DivRem(start, Count3);
            var run = Math.Min(Count3 - i3, values.Length);
            var value = unchecked(Base(partition, outer) + i3 * Step3);
            Sequence(values[..run], value, Step3);

            start += run;
            values = values[run..];
        }
    }

    private int Base(int partition, int outer)
    {
        (outer, var i2) = Math.DivRem(outer, Count2);
        var (i0, i1) = Math.DivRem(outer, Count1);
        return unchecked(Offset + partition * ChannelMultiplier + i0 * Step0 + i1 * Step1 + i2 * Step2);
    }

    /// <summary>values[i] = first + i * step</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sequence(Span<int> values, int first, int step)
    {
        var sixteen = Vector512.CreateSequence(first, step);
        while (values.Length >= 16)
        {
            sixteen.CopyTo(values);
            sixteen += Vector512.Create(unchecked(16 * step));
            values = values[16..];
        }

        for (var i = 0; i < values.Length; i++) values[i] = sixteen[i];
    }
}
