using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Normalisations, and embeddings that end in one.</summary>
public sealed class NormOracleTests
{
    [Fact]
    public void Instances() => Oracle.Run(
        7,
        test =>
        {
            int[] shape = [test.Random.Next(1, 4), test.Random.Next(1, 5), .. test.Shape(test.Random.Next(1, 4), 6)];
            var (x, scale, bias) = (test.Floats("x", shape), test.Floats("s", [shape[1]]), test.Floats("b", [shape[1]]));
            var epsilon = test.Coin() ? 0.01 : (double?)null;
            test.Node("y", "InstanceNormalization", "x, s, b", OracleCase.Float("epsilon", epsilon));
            test.Expect("y", Nd.Make(shape, i =>
            {
                var (mean, variance) = Moments(Nd.Indices(shape[2..]).Select(r => x[[i[0], i[1], .. r]]));
                return scale[i[1]] * (x[i] - mean) / Math.Sqrt(variance + (epsilon ?? 1e-5)) + bias[i[1]];
            }));
        });

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    public void Batches(long opset) => Oracle.Run(
        opset,
        test =>
        {
            int[] shape = [test.Random.Next(1, 4), test.Random.Next(1, 7), .. test.Shape(test.Random.Next(0, 4), 5)];
            int[] channels = [shape[1]];
            var (x, scale, bias) = (test.Floats("x", shape), test.Floats("s", channels), test.Floats("b", channels));
            var (mean, variance) = (test.Floats("m", channels), test.Floats("v", channels, 0.1, 2));
            var epsilon = test.Coin() ? 0.01 : (double?)null;
            test.Node("y", "BatchNormalization", "x, s, b, m, v", OracleCase.Float("epsilon", epsilon), OracleCase.Float("momentum", 0.8));
            test.Expect("y", Nd.Make(shape, i =>
                (x[i] - mean[i[1]]) / Math.Sqrt(variance[i[1]] + (epsilon ?? 1e-5)) * scale[i[1]] + bias[i[1]]));
        },
        5);

    [Fact]
    public void Skips_are_added_before_the_norm() => Oracle.Run(
        17,
        test =>
        {
            var shape = test.Shape(3, 9);
            var width = shape[2];
            int[] skipShape = test.Random.Next(3) switch { 0 => shape, 1 => [1, shape[1], width], _ => [shape[1], width] };
            var (x, skip, gamma) = (test.Floats("x", shape), test.Floats("skip", skipShape), test.Floats("g", [width]));
            var beta = test.Coin() ? test.Floats("beta", [width]) : null;
            var bias = test.Coin() ? test.Floats("bias", [width]) : null;
            var epsilon = test.Coin() ? 1e-3 : 1e-5;
            test.Node("y, mean, deviation, sum", "com.microsoft/SkipLayerNormalization",
                $"x, skip, g, {(beta is null ? "" : "beta")}, {(bias is null ? "" : "bias")}", OracleCase.Float("epsilon", epsilon));
            var sum = Sum(x, skip, bias);
            test.Expect("y", Normed(sum, gamma, beta, epsilon), tolerance: 1e-3);
            test.Expect("mean", ReduceOracleTests.Reduce(sum, [2], true, v => Moments(v).Mean));
            test.Expect("deviation", ReduceOracleTests.Reduce(sum, [2], true, v => 1 / Math.Sqrt(Moments(v).Variance + epsilon)), tolerance: 1e-3);
            test.Expect("sum", sum);
        });

    [Fact]
    public void Skips_are_added_before_the_simplified_norm() => Oracle.Run(
        17,
        test =>
        {
            var shape = test.Shape(test.Coin() ? 3 : 2, 9);
            var width = shape[^1];
            var (x, skip, gamma) = (test.Floats("x", shape), test.Floats("skip", shape), test.Floats("g", [width]));
            var bias = test.Coin() ? test.Floats("bias", [width]) : null;
            test.Node("y, , , sum", "com.microsoft/SkipSimplifiedLayerNormalization", bias is null ? "x, skip, g" : "x, skip, g, bias",
                OracleCase.Float("epsilon", 1e-3));
            var sum = Sum(x, skip, bias);
            test.Expect("y", Simplified(sum, gamma, shape.Length - 1, 1e-3));
            test.Expect("sum", sum);
        });

    [Fact]
    public void Simplified_norms() => Oracle.Run(
        17,
        test =>
        {
            var shape = test.Shape(test.Random.Next(1, 5), 6);
            var axis = test.Coin() ? -1 : test.Random.Next(shape.Length);
            var first = (axis + shape.Length) % shape.Length;
            var x = test.Floats("x", shape);
            var gamma = test.Floats("g", shape[first..]);
            test.Node("y", "SimplifiedLayerNormalization", "x, g", OracleCase.Int("axis", axis), OracleCase.Float("epsilon", 1e-2));
            test.Expect("y", Simplified(x, gamma, first, 1e-2));
        });

    [Fact]
    public void Embeddings() => Oracle.Run(
        17,
        test =>
        {
            var (batch, length, width) = (test.Random.Next(1, 4), test.Random.Next(1, 7), test.Random.Next(1, 20));
            var ids = test.Whole("ids", [batch, length], 0, 8, OnnxType.Int32);
            var segments = test.Coin() ? test.Whole("segments", [batch, length], 0, 1, OnnxType.Int32) : null;
            var (words, places) = (test.Floats("words", [9, width]), test.Floats("places", [length + 2, width]));
            var kinds = segments is null ? null : test.Floats("kinds", [2, width]);
            var (gamma, beta) = (test.Floats("g", [width]), test.Floats("b", [width]));
            var mask = test.Coin() ? test.Input("mask", Nd.Make([batch, length], i => i[1] <= (i[0] + 2) % length ? 1 : 0), OnnxType.Int32) : null;
            var positions = test.Coin() ? test.Whole("positions", [batch, length], 0, length + 1, OnnxType.Int32) : null;
            test.Node(
                "y, count, sum", "com.microsoft/EmbedLayerNormalization",
                $"ids, {(segments is null ? "" : "segments")}, words, places, {(kinds is null ? "" : "kinds")}, g, b, "
                + $"{(mask is null ? "" : "mask")}, {(positions is null ? "" : "positions")}",
                OracleCase.Float("epsilon", 1e-3));
            var sum = Nd.Make([batch, length, width], i =>
                words[(int)ids[i[0], i[1]], i[2]] + places[positions is null ? i[1] : (int)positions[i[0], i[1]], i[2]]
                + (kinds is null ? 0 : kinds[(int)segments![i[0], i[1]], i[2]]));
            test.Expect("y", Normed(sum, gamma, beta, 1e-3));
            test.Expect("sum", sum);
            test.Expect(
                "count",
                Nd.Make([batch], i => mask is null ? 0 : Enumerable.Range(0, length).Sum(j => mask[i[0], j])), OnnxType.Int32);
        });

    [Fact]
    public void Global_pools() => Oracle.Run(
        7,
        test =>
        {
            int[] shape = [.. test.Shape(2, 5), .. test.Shape(test.Random.Next(1, 4), 6)];
            var x = test.Floats("x", shape);
            test.Node("y", "GlobalAveragePool", "x");
            var axes = Enumerable.Range(2, shape.Length - 2).ToArray();
            test.Expect("y", ReduceOracleTests.Reduce(x, axes, true, v => v.Average()));
        });

    private static Nd Sum(Nd x, Nd skip, Nd? bias) =>
        Nd.Make(x.Shape, i => x[i] + skip.Broadcast(i) + (bias?[i[^1]] ?? 0));

    private static Nd Normed(Nd x, Nd gamma, Nd? beta, double epsilon) => Nd.Make(x.Shape, i =>
    {
        var (mean, variance) = Moments(Enumerable.Range(0, x.Shape[^1]).Select(c => x[[.. i[..^1], c]]));
        return (x[i] - mean) / Math.Sqrt(variance + epsilon) * gamma[i[^1]] + (beta?[i[^1]] ?? 0);
    });

    private static Nd Simplified(Nd x, Nd gamma, int first, double epsilon) => Nd.Make(x.Shape, i =>
    {
        var square = Nd.Indices(x.Shape[first..]).Select(r => x[[.. i[..first], .. r]]).Average(v => v * v);
        return x[i] / Math.Sqrt(square + epsilon) * gamma[i[first..]];
    });

    private static (double Mean, double Variance) Moments(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return (mean, all.Average(v => (v - mean) * (v - mean)));
    }
}
