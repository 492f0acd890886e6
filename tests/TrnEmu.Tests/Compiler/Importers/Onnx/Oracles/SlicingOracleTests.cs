using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Slices, pieces and shapes, with attributes in old opsets and inputs in later ones.</summary>
public sealed class SlicingOracleTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(13)]
    public void Slices(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 4), 8));
            var axes = Enumerable.Range(0, x.Rank).Where(_ => test.Coin()).ToArray();
            if (axes.Length == 0) axes = [x.Rank - 1];
            var (starts, ends, steps, kept) = (new int[axes.Length], new int[axes.Length], new int[axes.Length], new List<int>[x.Rank]);
            for (var d = 0; d < x.Rank; d++) kept[d] = [.. Enumerable.Range(0, x.Shape[d])];
            for (var a = 0; a < axes.Length; a++)
            {
                var extent = x.Shape[axes[a]];
                var step = opset < 10 ? 1 : test.Random.Next(4) switch { 0 => -1, 1 => 2, 2 => -2, _ => 1 };
                var (first, count) = (test.Random.Next(extent), 0);
                count = test.Random.Next(1, extent + 1);
                var picked = Enumerable.Range(0, count).Select(n => first + n * step).Where(v => v >= 0 && v < extent).ToList();
                var end = picked[^1] + Math.Sign(step);
                kept[axes[a]] = picked;
                (starts[a], steps[a]) = (test.Coin() ? first : first - extent, step);
                ends[a] = end < 0 ? int.MinValue : end >= extent ? int.MaxValue : test.Coin() ? end : end - extent;
            }

            var inputs = "x";
            if (opset >= 10)
            {
                test.List("starts", starts);
                test.List("ends", ends);
                test.List("axes", Array.ConvertAll(axes, d => test.Coin() ? d : d - x.Rank));
                test.List("steps", steps);
                inputs = "x, starts, ends, axes, steps";
            }

            test.Node("y", "Slice", inputs, opset >= 10 ? null : OracleCase.Ints("starts", starts),
                opset >= 10 ? null : OracleCase.Ints("ends", ends), opset >= 10 ? null : OracleCase.Ints("axes", axes));
            test.Expect("y", Nd.Make([.. kept.Select(k => k.Count)], i => x[[.. i.Select((v, d) => kept[d][v])]]));
        });

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(18)]
    public void Splits(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var shape = test.Shape(test.Random.Next(1, 4), 5);
            var axis = test.Random.Next(opset >= 11 ? -shape.Length : 0, shape.Length);
            var d = axis < 0 ? axis + shape.Length : axis;
            var parts = test.Shape(3, 4);
            var given = test.Coin();
            if (!given) Array.Fill(parts, parts[0]);
            if (!given && opset >= 18 && parts[0] > 1) parts[2]--;
            shape[d] = parts.Sum();
            var x = test.Floats("x", shape);
            if (given && opset >= 13) test.List("parts", parts);
            test.Node("a, b, c", "Split", given && opset >= 13 ? "x, parts" : "x", OracleCase.Int("axis", axis),
                given && opset < 13 ? OracleCase.Ints("split", parts) : null, !given && opset >= 18 ? OracleCase.Int("num_outputs", 3) : null);
            for (var (p, from) = (0, 0); p < 3; from += parts[p++])
            {
                int[] part = [.. shape[..d], parts[p], .. shape[(d + 1)..]];
                var start = from;
                test.Expect("abc"[p].ToString(), Nd.Make(part, i => x[[.. i[..d], i[d] + start, .. i[(d + 1)..]]]));
            }
        },
        6);

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(13)]
    public void Ones_come_and_go(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 4), 5));
            var rank = x.Rank + test.Random.Next(1, 3);
            var places = Enumerable.Range(0, rank).ToArray();
            test.Random.Shuffle(places);
            places = places[..(rank - x.Rank)];
            var next = 0;
            int[] wide = [.. Enumerable.Range(0, rank).Select(d => places.Contains(d) ? 1 : x.Shape[next++])];
            var axes = Array.ConvertAll(places, d => opset >= 11 && test.Coin() ? d - rank : d);
            if (opset >= 13) test.List("axes", axes);
            test.Node("u", "Unsqueeze", opset >= 13 ? "x, axes" : "x", opset >= 13 ? null : OracleCase.Ints("axes", axes));
            test.Node("s", "Squeeze", opset >= 13 ? "u, axes" : "u", opset >= 13 ? null : OracleCase.Ints("axes", axes));
            test.Node("all", "Squeeze", "u");
            test.Expect("u", x.As(wide));
            test.Expect("s", x);
            test.Expect("all", x.As([.. x.Shape.Where(e => e != 1)]));
        },
        6);

    [Fact]
    public void Shapes() => Oracle.Run(
        15,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 6), 5));
            var (start, end) = (test.Random.Next(-x.Rank - 1, x.Rank), test.Random.Next(-x.Rank, x.Rank + 2));
            var first = Math.Clamp(start < 0 ? start + x.Rank : start, 0, x.Rank);
            var last = Math.Clamp(end < 0 ? end + x.Rank : end, 0, x.Rank);
            var expected = first < last ? x.Shape[first..last] : [];
            test.Node("s", "Shape", "x", OracleCase.Int("start", start), OracleCase.Int("end", end));
            test.Node("n", "Size", "x");
            test.Node("c", "ConstantOfShape", "s", OracleCase.Value("value", new Nd([1], [2.5]), OnnxType.Float));
            test.Node("z", "ConstantOfShape", "s");
            test.Expect("s", new Nd([expected.Length], [.. expected.Select(e => (double)e)]), OnnxType.Int64);
            test.Expect("n", new Nd([], [x.Values.Length]), OnnxType.Int64);
            test.Expect("c", Nd.Make(expected, _ => 2.5));
            test.Expect("z", new Nd(expected));
        });

    [Fact]
    public void Ranges() => Oracle.Run(
        11,
        test =>
        {
            var whole = test.Coin();
            var type = whole ? test.Coin() ? OnnxType.Int64 : OnnxType.Int32 : OnnxType.Float;
            var (start, count) = (test.Random.Next(-9, 9), test.Random.Next(1, 9));
            var delta = (test.Coin() ? 1 : -1) * (whole ? test.Random.Next(1, 4) : test.Random.Next(1, 9) * 0.25);
            test.Scalar("start", start, type);
            test.Scalar("limit", start + delta * (count - 1) + Math.Sign(delta) * (whole ? 1 : 0.125), type);
            test.Scalar("delta", delta, type);
            test.Node("r", "Range", "start, limit, delta");
            var x = test.Floats("x", [count]);
            test.Node("y", "Cast", "r", OracleCase.Int("to", 1));
            test.Node("z", "Add", "x, y");
            test.Expect("r", Nd.Make([count], i => start + delta * i[0]), type);
            test.Expect("z", Nd.Make([count], i => x[i] + start + delta * i[0]));
        });
}
