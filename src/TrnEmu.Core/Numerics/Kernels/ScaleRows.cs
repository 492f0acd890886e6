using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Scales of packed inputs: byte e is 2^(e - 127), 255 is NaN. Source: OCP Microscaling Formats 1.0.</summary>
internal static unsafe class ScaleRows
{
    private const uint NaN = 255;
    private const int Block = 256;

    /// <summary>dst[g * stride + i] = scale of group g, column first + i, i &lt; count; 0 up to width.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(in Tile scale, int groups, int first, int count, int width, float* dst, int stride)
    {
        var bits = stackalloc uint[count];
        for (var g = 0; g < groups; g++, dst += stride)
        {
            Rows.LoadBits(scale, MxQuantization.ScalePartition(g), first, bits, count);
            for (var i = 0; i < count; i++) dst[i] = Value(bits[i]);
            new Span<float>(dst + count, width - count).Clear();
        }
    }

    /// <summary>rows[r, i] *= scale of the group of row r, i &lt; width (a multiple of 16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* scales, int groups, int width, float* rows, int stride)
    {
        for (var r = 0; r < groups * MatmulInputs.GroupTerms; r++, rows += stride)
        {
            var scale = scales + r / MatmulInputs.GroupTerms * stride;
            for (var i = 0; i < width; i += 16) (Vector512.Load(rows + i) * Vector512.Load(scale + i)).Store(rows + i);
        }
    }

    /// <summary>
    /// True when each element times each scale of its operand is an fp32 number. Too small it never is: elements are
    /// multiples of 2^-16, scales at least 2^-127, and fp32 has all multiples of 2^-149.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Fit(in Tile scale, int groups, DType elements)
    {
        var limit = 254 - MxQuantization.EMax(elements);
        var bits = stackalloc uint[Block];
        for (var g = 0; g < groups; g++)
        {
            for (var first = 0; first < scale.Elements; first += Block)
            {
                var count = Math.Min(Block, scale.Elements - first);
                Rows.LoadBits(scale, MxQuantization.ScalePartition(g), first, bits, count);
                for (var i = 0; i < count; i++)
                {
                    if (bits[i] > limit && bits[i] != NaN) return false;
                }
            }
        }

        return true;
    }

    private static float Value(uint bits) => BitConverter.UInt32BitsToSingle(bits switch
    {
        0 => 1u << 22,
        NaN => 0x7fc00000,
        _ => bits << 23,
    });
}
