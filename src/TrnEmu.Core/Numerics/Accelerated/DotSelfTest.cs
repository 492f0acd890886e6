using TrnEmu.Core.Numerics.Generators;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Whether a kernel on pairs of bf16 has the bits of the scalar meaning: random elements of ordinary size, with many ties,
/// at the lower end of <see cref="ExactRange"/>, beyond the largest fp32, with NaN, infinities and zeros.
/// </summary>
internal static unsafe class DotSelfTest
{
    private const int Pairs = 6, Rows = 6, Columns = 64, Block = Rows * Columns;
    private const int Rounds = 2;

    /// <summary>Exponents from First on, Count of them; fractions of some bits; one in SpecialIn is special.</summary>
    private readonly record struct Kind(int First, int Count, uint Fraction, uint SpecialIn);

    private static ReadOnlySpan<uint> Specials => [0x7f80, 0xff80, 0x7fc1, 0xffa0, 0x0000, 0x8000, 0x7f7f, 0xff7f];

    /// <summary>True when every bit is the same, for six rows and four, for new sums and added ones.</summary>
    public static bool Passes<TKernel>() where TKernel : struct, IMatmulKernel
    {
        Kind[] kinds =
        [
            new(118, 20, 0x7f, 0), new(126, 3, 0x60, 0), new(71, 2, 0x7f, 0), new(71, 1, 0x01, 0),
            new(71, 30, 0x7f, 8), new(184, 12, 0x7f, 0), new(190, 2, 0x7f, 0), new(96, 100, 0x7f, 6),
        ];
        var state = 1UL;
        for (var i = 0; i < Rounds * kinds.Length; i++)
        {
            if (!Agree<TKernel>(kinds[i % kinds.Length], ref state)) return false;
        }

        return true;
    }

    private static bool Agree<TKernel>(in Kind kind, ref ulong state) where TKernel : struct, IMatmulKernel
    {
        var a = stackalloc uint[Pairs * Rows];
        var b = stackalloc uint[Pairs * Columns];
        var old = stackalloc uint[Rows * Columns];
        for (var i = 0; i < Pairs * Rows; i++) a[i] = Element(kind, ref state) << 16 | Element(kind, ref state);
        for (var i = 0; i < Pairs * Columns; i++) b[i] = Element(kind, ref state) << 16 | Element(kind, ref state);
        for (var i = 0; i < Rows * Columns; i++) old[i] = Element(kind, ref state) << 16;
        return Agree<TKernel>(a, b, old, accumulate: false) && Agree<TKernel>(a, b, old, accumulate: true);
    }

    private static bool Agree<TKernel>(uint* a, uint* b, uint* old, bool accumulate)
        where TKernel : struct, IMatmulKernel
    {
        var sums = stackalloc uint[2 * Block];
        var expected = stackalloc uint[2 * Block];
        Multiply<TKernel>(a, b, old, accumulate, sums);
        Multiply<KernelPairScalar<ScalarPairs>>(a, b, old, accumulate, expected);
        return new ReadOnlySpan<uint>(sums, 2 * Block).SequenceEqual(new ReadOnlySpan<uint>(expected, 2 * Block));
    }

    /// <summary>By six rows into the first block of c, by four into the second.</summary>
    private static void Multiply<TKernel>(uint* a, uint* b, uint* old, bool accumulate, uint* c)
        where TKernel : struct, IMatmulKernel
    {
        for (var i = 0; i < 2 * Block; i++) c[i] = old[i % Block];
        TKernel.Six(Pairs, (float*)a, Rows, (float*)b, Columns, (float*)c, Columns, accumulate);
        TKernel.Four(Pairs, (float*)a, Rows, (float*)b, Columns, (float*)(c + Block), Columns, accumulate);
    }

    private static uint Element(in Kind kind, ref ulong state)
    {
        state += SplitMix64.Step;
        var random = SplitMix64.Mix(state);
        var (bits, choice) = ((uint)random, (uint)(random >> 32));
        if (kind.SpecialIn != 0 && choice % kind.SpecialIn == 0) return Specials[(int)(bits % Specials.Length)];
        var exponent = (uint)kind.First + choice % (uint)kind.Count;
        return (bits >> 16 & 0x8000) | exponent << 7 | (bits & kind.Fraction);
    }
}
