using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>
/// Quotients of fp32 are those of IEEE 754, to the bit, whatever the operands; narrower ones are near them.
/// </summary>
public sealed class QuotientTests
{
    private const int Cases = 8;
    private const int Count = 20_000;

    [Theory]
    [InlineData("trn1")]
    [InlineData("trn2")]
    [InlineData("trn3")]
    public void Any_two_numbers(string chip) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (a, b) = (new float[Count], new float[Count]);
        for (var i = 0; i < Count; i++) (a[i], b[i]) = Operands(random);
        Check(a, b, Chip.Load(chip));
    }, Cases);

    /// <summary>One divisor for all, as a scale of quantisation is.</summary>
    [Fact]
    public void One_divisor() => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var a = new float[Count];
        for (var i = 0; i < Count; i++) a[i] = BitPatterns.Any(random);
        Check(a, [BitPatterns.Any(random)], AnyChip(random));
    }, Cases);

    [Theory]
    [InlineData(DType.Bf16)]
    [InlineData(DType.Tf32)]
    [InlineData(DType.Fp16)]
    public void Narrower_numbers(DType dtype) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (a, b) = (new float[Count], new float[Count]);
        for (var i = 0; i < Count; i++) (a[i], b[i]) = Operands(random);
        var graph = new GraphRun();
        var operands = new[]
        {
            graph.Input(dtype, [Count], BitPatterns.Doubles(a)), graph.Input(dtype, [Count], BitPatterns.Doubles(b)),
        };
        graph.Run(graph.Node("binary", operands, "function=div"), AnyChip(random))
            .IsNearEach(
                Tolerance.Of(dtype) + Tolerance.Of(DType.Fp32), Math.ScaleB(1, dtype == DType.Fp16 ? -14 : -126));
    }, Cases);

    /// <summary>
    /// Any two; a product and one of its factors, whose quotient is next to a number; a quotient around the smallest
    /// numbers, of few digits so that ties are met.
    /// </summary>
    private static (float A, float B) Operands(Random random)
    {
        var (a, b) = (BitPatterns.Any(random), BitPatterns.Any(random));
        switch (random.Next(3))
        {
            case 0:
                a = b * BitPatterns.Any(random);
                return (random.Next(3) switch { 0 => MathF.BitDecrement(a), 1 => MathF.BitIncrement(a), _ => a }, b);
            case 1:
                b = (1 + random.Next(1 << 12) / 4096f) * MathF.ScaleB(1, random.Next(0, 127));
                var quotient = (1 + 2 * random.Next(1 << 11)) * Math.ScaleB(1, random.Next(-152, -148));
                return ((float)(quotient * b), b);
            default:
                return (a, b);
        }
    }

    private static void Check(float[] a, float[] b, Chip chip)
    {
        var graph = new GraphRun();
        var operands = new[]
        {
            graph.Input(DType.Fp32, [a.Length], BitPatterns.Doubles(a)),
            graph.Input(DType.Fp32, [b.Length], BitPatterns.Doubles(b)),
        };
        var expected = new float[a.Length];
        for (var i = 0; i < a.Length; i++) expected[i] = a[i] / b[i % b.Length];
        BitPatterns.AreEqual(
            expected, graph.Run(graph.Node("binary", operands, "function=div"), chip),
            i => FormattableString.Invariant($"{a[i]:R} / {b[i % b.Length]:R} on {chip.Name}"));
    }
}
