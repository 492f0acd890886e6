namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Convolutions and pools over one, two and three dimensions.</summary>
public sealed class ConvOracleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Convolutions(int dimensions) => Oracle.Run(
        dimensions == 2 ? 7 : 11,
        test =>
        {
            var window = new Window(test, dimensions, dilated: true, ceil: false, automatic: true);
            var (groups, batch) = (test.Random.Next(1, 4), test.Random.Next(1, 3));
            var (ins, outs) = (groups * test.Random.Next(1, 4), groups * test.Random.Next(1, 4));
            var x = test.Floats("x", [batch, ins, .. window.Extents]);
            var w = test.Floats("w", [outs, ins / groups, .. window.Kernel]);
            var bias = test.Coin() ? test.Floats("b", [outs]) : null;
            test.Node("y", "Conv", bias is null ? "x, w" : "x, w, b", [.. window.Attributes(test.Coin()), OracleCase.Int("group", groups)]);
            test.Expect("y", Nd.Make([batch, outs, .. window.Results], i =>
            {
                var group = i[1] / (outs / groups);
                var sum = bias?[i[1]] ?? 0;
                foreach (var (k, place) in window.Places(i[2..]).Where(p => window.IsInside(p.Place)))
                    for (var c = 0; c < ins / groups; c++)
                        sum += x[[i[0], group * (ins / groups) + c, .. place]] * w[[i[1], c, .. k]];
                return sum;
            }));
        });

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 8)]
    [InlineData(2, 10)]
    [InlineData(2, 22)]
    [InlineData(3, 12)]
    public void Largest_of_windows(int dimensions, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var window = new Window(test, dimensions, dilated: opset >= 10, ceil: opset >= 10 && test.Coin(), automatic: test.Random.Next(3) == 0);
            var x = test.Floats("x", [.. test.Shape(2, 4), .. window.Extents]);
            test.Node("y", "MaxPool", "x", window.Attributes(true));
            test.Expect("y", Nd.Make([.. x.Shape[..2], .. window.Results], i => window.Places(i[2..])
                .Where(p => window.IsInside(p.Place)).Max(p => x[[i[0], i[1], .. p.Place]])));
        },
        8);

    [Fact]
    public void Places_of_the_largest_are_refused() => Oracle.Refused(
        12,
        test =>
        {
            var window = new Window(test, 2, dilated: true, ceil: false, automatic: false);
            var x = test.Floats("x", [.. test.Shape(2, 3), .. window.Extents]);
            test.Node("y, i", "MaxPool", "x", window.Attributes(true));
            test.Output("y", "i");
        });

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(2, 11)]
    [InlineData(2, 19)]
    [InlineData(2, 22)]
    [InlineData(3, 22)]
    public void Means_of_windows(int dimensions, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var window = new Window(test, dimensions, dilated: opset >= 19, ceil: opset >= 10 && test.Coin(), automatic: test.Random.Next(3) == 0);
            var x = test.Floats("x", [.. test.Shape(2, 4), .. window.Extents]);
            var all = test.Coin();
            test.Node("y", "AveragePool", "x", [.. window.Attributes(true), OracleCase.Int("count_include_pad", all ? 1 : 0)]);
            test.Expect("y", Nd.Make([.. x.Shape[..2], .. window.Results], i =>
            {
                var places = window.Places(i[2..]).Select(p => p.Place).ToArray();
                return places.Where(window.IsInside).Sum(p => x[[i[0], i[1], .. p]])
                    / places.Count(p => all ? window.IsPadded(p) : window.IsInside(p));
            }));
        },
        8);
}
