using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Exhaustive;

/// <summary>
/// All 2^32 patterns of fp32 rounded to each float dtype by the loop of tensor_copy, and through exp, each against what is
/// exact. Too long for a test.
/// </summary>
internal static class AllPatterns
{
    private const int Block = 1 << 16;

    /// <summary>Prints a line for each that is named, or for all; 1 when one is wrong.</summary>
    public static int Run(string[] names)
    {
        var isRight = true;
        bool IsAsked(string name) => names.Length == 0 || names.Contains(name);
        foreach (var (dtype, grid) in FloatGrid.All)
        {
            if (!IsAsked(dtype.Name())) continue;
            var watch = Stopwatch.StartNew();
            long wrong = 0;
            Parallel.For(0, 1 << 16, high => Interlocked.Add(ref wrong, Differences(dtype, grid, (uint)high << 16)));
            Console.WriteLine($"fp32 to {dtype.Name(),-10} {1L << 32} patterns, {wrong} differences, {watch.Elapsed.TotalSeconds:F0} s");
            isRight &= wrong == 0;
        }

        return isRight & (!IsAsked("exp") || Exp()) ? 0 : 1;
    }

    private static bool Exp()
    {
        var (watch, gate) = (Stopwatch.StartNew(), new Lock());
        var (worst, at) = (0.0, 0f);
        Parallel.For(0, 1 << 16, high =>
        {
            var (error, x) = LargestError((uint)high << 16);
            lock (gate)
            {
                if (error > worst) (worst, at) = (error, x);
            }
        });
        Console.WriteLine($"exp {1L << 32} patterns, at most {worst:F4} units in the last place, at {at:R}, {watch.Elapsed.TotalSeconds:F0} s");
        return worst <= 1;
    }

    private static long Differences(DType dtype, FloatGrid grid, uint first)
    {
        using var block = new NativeBlock(2 * Block * sizeof(float));
        var values = Values(block, first);
        Elementwise.Convert(Row(block, dtype, Block * sizeof(float)), Row(block, DType.Fp32, 0));
        var converted = block.Span(Block * sizeof(float), Block * dtype.Size());
        var place = grid.PlaceBelow(Math.Abs((double)values[0]));
        long wrong = 0;
        for (var i = 0; i < Block; i++)
        {
            if (Element(converted, i, dtype.Size()) != grid.Nearest(values[i], ref place)) wrong++;
        }

        return wrong;
    }

    private static (double Error, float X) LargestError(uint first)
    {
        using var block = new NativeBlock(2 * Block * sizeof(float));
        var values = Values(block, first);
        Elementwise.Unary(Row(block, DType.Fp32, Block * sizeof(float)), Row(block, DType.Fp32, 0), ActivationFunction.Exp);
        var results = MemoryMarshal.Cast<byte, float>(block.Span(Block * sizeof(float), Block * sizeof(float)));
        var (worst, at) = (0.0, 0f);
        for (var i = 0; i < Block; i++)
        {
            var error = ErrorOf(Math.Exp(values[i]), results[i]);
            if (error > worst) (worst, at) = (error, values[i]);
        }

        return (worst, at);
    }

    /// <summary>In units of the exact value's last place; Inf, NaN and what rounds to them must be equal.</summary>
    private static double ErrorOf(double exact, float result)
    {
        var rounded = (float)exact;
        if (!float.IsFinite(rounded) || !float.IsFinite(result)) return rounded.Equals(result) ? 0 : double.PositiveInfinity;
        var unit = exact == 0 ? float.Epsilon : Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
        return Math.Abs(result - exact) / unit;
    }

    private static Span<float> Values(NativeBlock block, uint first)
    {
        var bits = MemoryMarshal.Cast<byte, uint>(block.Span(0, Block * sizeof(float)));
        for (var i = 0; i < Block; i++) bits[i] = first + (uint)i;
        return MemoryMarshal.Cast<uint, float>(bits);
    }

    private static Tile Row(NativeBlock block, DType dtype, long offset) =>
        block.Tile(offset, 1, 0, dtype, [Block], [dtype.Size()]);

    private static uint Element(ReadOnlySpan<byte> elements, int i, int size) => size switch
    {
        1 => elements[i],
        2 => MemoryMarshal.Read<ushort>(elements[(2 * i)..]),
        _ => MemoryMarshal.Read<uint>(elements[(4 * i)..]),
    };
}
