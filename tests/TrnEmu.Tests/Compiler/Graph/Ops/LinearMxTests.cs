using FsCheck.Fluent;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Layers with microscaled weights, on the chip that multiplies them.</summary>
public sealed class LinearMxTests
{
    private static readonly Chip Trn3 = Chip.Load("trn3");
    private static readonly DType[] Floats = [DType.Fp32, DType.Bf16, DType.Fp16];

    /// <summary>Times the unit matrix, a row is what quantising makes of it, to the bit.</summary>
    [Theory]
    [InlineData(MxScaleRule.Chip)]
    [InlineData(MxScaleRule.Ocp)]
    public void Rows_are_quantised_as_the_chip_does(MxScaleRule rule) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        var (rows, inner) = (random.Next(1, 140), random.Next(1, 600));
        var unit = new float[inner * inner];
        for (var i = 0; i < inner; i++) unit[i * inner + i] = 1;
        var run = new GraphRun();
        var x = run.Input(Floats[random.Next(3)], [rows, inner], Values(random, rows * inner));
        var (w, scale) = Weights(run, unit, inner, Format(random));
        var y = run.Node("linear_mx", [x, w, scale], "dtype=fp32", $"rule={(rule == MxScaleRule.Ocp ? "ocp" : "chip")}");
        run.Run(y, Trn3, new Arithmetic { MxScale = rule }).IsExact();
    }, cases: 15);

    [Fact]
    public void Sums_are_those_of_the_quantised_factors() => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        var (rows, inner, columns) = (random.Next(1, 140), random.Next(1, 1100), random.Next(8, 600));
        var run = new GraphRun();
        var dtype = Floats[random.Next(3)];
        var x = run.Input(dtype, [rows, inner], Values(random, rows * inner, 1));
        var weights = Array.ConvertAll(Values(random, inner * columns, 1), v => (float)v);
        var (w, scale) = Weights(run, weights, columns, Format(random));
        var bias = random.Next(2) == 0 ? "" : run.Input(dtype, [columns], Values(random, columns, 1));
        var residual = random.Next(2) == 0 ? "" : run.Input(dtype, [rows, columns], Values(random, rows * columns, 1));
        var activation = random.Next(2) == 0 ? "copy" : "relu";
        var y = run.Node("linear_mx", [x, w, scale, bias, residual], $"activation={activation}", "dtype=fp32");
        run.Run(y, Trn3).IsNear();
    }, cases: 15);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_is_not_finite_gives_NaN(float value)
    {
        var run = new GraphRun();
        var x = run.Input(DType.Bf16, [2, 40], [value, .. Enumerable.Repeat(1.0, 79)]);
        var (w, scale) = Weights(run, [.. Enumerable.Repeat(1f, 40 * 3)], 3, Format("mxfp8"));
        var result = run.Run(run.Node("linear_mx", [x, w, scale]), Trn3);
        result.IsExact();
        Assert.Equal([double.NaN, double.NaN, double.NaN, 40, 40, 40], result.Values);
    }

    private static (string W, string Scale) Weights(GraphRun run, float[] values, int columns, WeightFormat format)
    {
        var rows = values.Length / columns;
        var packed = MxPacking.Pack(
            QuantisedMatrix.Of(values, columns, format, MxScaleRule.Ocp), rows, columns, format.IsPairs);
        var height = (rows + 127) / 128 * 32;
        return (
            run.Input(format.Element, [height, columns * (format.IsPairs ? 2 : 4)], GraphBytes.Decode(format.Element, packed.Elements)),
            run.Input(DType.UInt8, [height / 8, columns], GraphBytes.Decode(DType.UInt8, packed.Scales)));
    }

    private static double[] Values(Random random, int count, double? size = null)
    {
        var scale = size ?? Math.Pow(2, random.Next(-12, 12));
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? 0 : (random.NextDouble() - 0.5) * scale)];
    }

    private static WeightFormat Format(Random random) => Format(random.Next(2) == 0 ? "mxfp8" : "mxfp4");

    private static WeightFormat Format(string name) => WeightFormat.TryParse(name, out var format) ? format : throw new ArgumentException(name);
}
