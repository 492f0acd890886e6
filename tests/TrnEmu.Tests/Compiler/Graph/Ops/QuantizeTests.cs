using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Activations as fp8, and the products that read them.</summary>
public sealed class QuantizeTests
{
    private static readonly DType[] Narrow = [DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2];
    private static readonly DType[] Multiplied = [DType.Fp8E4M3, DType.Fp8E5M2];
    private static readonly DType[] Floats = [DType.Fp32, DType.Bf16, DType.Fp16];

    [Theory]
    [InlineData("trn1")]
    [InlineData("trn2")]
    [InlineData("trn3")]
    public void The_chip_rounds_as_the_reference(string chip) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        int[] shape = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(1, 20))];
        var scale = (float)Math.Pow(2, random.NextDouble() * 20 - 10);
        var dtype = Narrow[random.Next(3)];
        var run = new GraphRun();
        var values = Values(random, shape.Aggregate(1, (n, e) => n * e), scale * dtype.LargestFp8() * 3);
        var x = run.Input(Floats[random.Next(3)], shape, values);
        var y = run.Node("quantize", [x], FormattableString.Invariant($"scale={(double)scale:R}"), $"dtype={dtype.Name()}");
        run.Run(y, Chip.Load(chip)).IsExact();
    }, cases: 20);

    /// <summary>Products of fp8 numbers are exact in fp32, so that what is left is the order of the sums.</summary>
    [Theory]
    [InlineData("trn1")]
    [InlineData("trn2")]
    [InlineData("trn3")]
    public void Products_of_narrow_factors_are_scaled_in_fp32(string chip) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        var (rows, inner, columns) = (random.Next(1, 140), random.Next(1, 600), random.Next(8, 600));
        var run = new GraphRun();
        var x = run.Input(Multiplied[random.Next(2)], [rows, inner], Values(random, rows * inner, 100));
        var w = run.Input(
            random.Next(3) == 0 ? DType.Bf16 : Multiplied[random.Next(2)], [inner, columns], Values(random, inner * columns, 100));
        var bias = random.Next(2) == 0 ? "" : run.Input(DType.Bf16, [columns], Values(random, columns, 1));
        var residual = random.Next(2) == 0 ? "" : run.Input(DType.Bf16, [rows, columns], Values(random, rows * columns, 1));
        run.Run(run.Node("linear", [x, w, bias, residual], "activation=relu", "dtype=fp32", "scale=0.003"), Chip.Load(chip)).IsNear();
    }, cases: 10);

    private static double[] Values(Random random, int count, double size) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? 0 : (random.NextDouble() - 0.5) * size)];
}
