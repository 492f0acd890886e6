using System.Globalization;
using System.Text;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// The activation functions over all of fp32: every upper half of the bits, with four lower halves each, and what lies
/// around the zeros of the derivatives, the ends of the sine and the largest errors of exp (bench, exhaustive).
/// </summary>
public sealed class ActivationTests
{
    private static readonly float[] Critical = [-0.75179154f, -1.2784646f, -0.7511543f, MathF.PI, -MathF.PI, -59.95576f, -48.80826f, -38.43321f];

    private static readonly float[] Inputs =
        [.. Enumerable.Range(0, 1 << 18).Select(Input), .. Critical.SelectMany(x => Enumerable.Range(-100, 200).Select(n => Step(x, n)))];

    public static TheoryData<ActivationFunction> Functions => [.. Enum.GetValues<ActivationFunction>()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Results_are_within_one_unit_in_the_last_place(ActivationFunction f)
    {
        var results = Run(f);
        var (worst, at) = (0.0, 0f);
        for (var i = 0; i < Inputs.Length; i++)
        {
            var error = Error(Reference(f, Inputs[i]), results[i]);
            if (error > worst) (worst, at) = (error, Inputs[i]);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{f.Name()}: {worst:F4} ulp at {at:R}"));
        Assert.True(worst <= 1, FormattableString.Invariant($"{f.Name()}({at:R}) is off by {worst} ulp"));
    }

    /// <summary>The bits are part of the specification: the same on AVX-512, AVX2 and without SIMD.</summary>
    [Fact]
    public void Bits_are_the_same_everywhere()
    {
        var lines = new StringBuilder();
        foreach (var f in Enum.GetValues<ActivationFunction>())
        {
            var hash = 14695981039346656037ul;
            foreach (var value in Run(f))
                hash = unchecked((hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211);
            lines.AppendLine(CultureInfo.InvariantCulture, $"{f.Name()} {hash:x16}");
        }

        Golden.Check("activation-bits.txt", lines.ToString());
    }

    [Fact]
    public void Names_parse_back()
    {
        foreach (var f in Enum.GetValues<ActivationFunction>())
        {
            Assert.True(ActivationFunctions.TryParse(f.Name(), out var parsed));
            Assert.Equal(f, parsed);
        }

        Assert.False(ActivationFunctions.TryParse("no such function", out _));
    }

    private static double Reference(ActivationFunction f, float x) =>
        Isa.Oracles.Functions.Value(f, x) is [var only] ? only : Isa.Oracles.Functions.Exact(f, x);

    private static float[] Run(ActivationFunction f)
    {
        using var block = new NativeBlock(2L * sizeof(float) * Inputs.Length);
        var src = block.Tile(0, 1, 0, DType.Fp32, [Inputs.Length], [sizeof(float)]);
        var dst = block.Tile((long)sizeof(float) * Inputs.Length, 1, 0, DType.Fp32, [Inputs.Length], [sizeof(float)]);
        Rows.Store(src, 0, 0, Inputs);
        Elementwise.Unary(dst, src, f);
        var results = new float[Inputs.Length];
        Rows.Load(dst, 0, 0, results);
        return results;
    }

    /// <summary>Distance in units of the result's last place; specials and the sign of zero must be equal.</summary>
    private static double Error(double exact, float result)
    {
        var rounded = (float)exact;
        if (!float.IsFinite(rounded) || rounded == 0)
        {
            var tie = Math.Abs(result) <= float.Epsilon && Math.Abs(exact) > float.Epsilon / 2 * 0.999;
            var same = rounded.Equals(result)
                && (float.IsNaN(rounded) || float.IsNegative(rounded) == float.IsNegative(result));
            return same || (rounded == 0 && tie) ? 0 : double.MaxValue;
        }

        if (!float.IsFinite(result)) return double.MaxValue;
        var unit = Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
        return Math.Abs(result - exact) / unit;
    }

    private static float Step(float x, int units) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) + units);

    private static float Input(int i)
    {
        var low = (i & 3) switch { 0 => 0u, 1 => 0xffffu, 2 => 0x8001u, _ => (uint)(i * 2654435761L) & 0xffff };
        return BitConverter.UInt32BitsToSingle(((uint)i >> 2 << 16) | low);
    }
}
