using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Elements that are moved, in the forms of all opsets.</summary>
public sealed class MovementOracleTests
{
    [Theory]
    [InlineData("constant", 2)]
    [InlineData("constant", 11)]
    [InlineData("constant", 18)]
    [InlineData("reflect", 2)]
    [InlineData("reflect", 13)]
    [InlineData("reflect", 18)]
    [InlineData("edge", 2)]
    [InlineData("edge", 18)]
    [InlineData("wrap", 19)]
    [InlineData("wrap", 25)]
    public void Pads(string mode, long opset) => Oracle.Run(
        Math.Max(opset, 7),
        test =>
        {
            var whole = opset >= 11 && test.Coin();
            var shape = test.Shape(test.Random.Next(1, 4), 6);
            var x = whole ? test.Whole("x", shape, -9, 9, OnnxType.Int32) : test.Floats("x", shape);
            var axes = Enumerable.Range(0, x.Rank).Where(_ => opset < 18 || test.Coin()).ToArray();
            if (axes.Length == 0) axes = [0];
            int Draw(int extent) => test.Random.Next(extent > 2 ? -1 : 0, mode == "reflect" ? extent : 5);
            int[] pads = [.. axes.Concat(axes).Select(d => Draw(shape[d]))];
            var value = opset >= 11 && mode == "constant" && test.Coin() ? 3.0 : 0.0;
            test.List("pads", pads);
            if (value != 0) test.Scalar("value", value, whole ? OnnxType.Int32 : OnnxType.Float);
            if (opset >= 18) test.List("axes", Array.ConvertAll(axes, d => test.Coin() ? d : d - x.Rank));
            var inputs = opset < 11 ? "x" : $"x, pads, {(value != 0 ? "value" : "")}{(opset >= 18 ? ", axes" : "")}";
            test.Node("y", "Pad", inputs.TrimEnd(' ', ','), OracleCase.Text("mode", mode),
                opset < 11 ? OracleCase.Ints("pads", pads) : null);
            var (before, after) = (new int[x.Rank], new int[x.Rank]);
            for (var a = 0; a < axes.Length; a++) (before[axes[a]], after[axes[a]]) = (pads[a], pads[a + axes.Length]);
            int[] padded = [.. shape.Select((e, d) => e + before[d] + after[d])];
            test.Expect(
                "y",
                Nd.Make(padded, i =>
                {
                    var source = i.Select((v, d) => Source(mode, v - before[d], shape[d])).ToArray();
                    return source.Any(v => v < 0) ? value : x[source];
                }),
                whole ? OnnxType.Int32 : OnnxType.Float, 0);
        },
        6);

    [Theory]
    [InlineData("none", 11)]
    [InlineData("add", 16)]
    [InlineData("mul", 16)]
    [InlineData("max", 18)]
    [InlineData("min", 18)]
    public void Scatters(string reduction, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 4), 6));
            var depth = test.Random.Next(1, x.Rank + 1);
            int[] batch = test.Shape(test.Random.Next(1, 3), 3);
            var places = Places(test, x.Shape[..depth]).Take(Nd.Count(batch)).ToArray();
            while (places.Length < Nd.Count(batch)) batch[Array.FindIndex(batch, e => e > 1)]--;
            places = places[..Nd.Count(batch)];
            if (reduction == "add") places = [.. places.Select(_ => places[0])];
            var ids = new Nd([.. batch, depth], [.. places.SelectMany(p => p).Select(v => (double)v)]);
            if (reduction is "none" or "add" && test.Coin()) test.Input("ids", ids, OnnxType.Int64);
            else test.Constant("ids", ids);
            var updates = test.Floats("u", [.. batch, .. x.Shape[depth..]]);
            test.Node("y", "ScatterND", "x, ids, u", opset >= 16 ? OracleCase.Text("reduction", reduction) : null);
            var y = x.Map(v => v);
            foreach (var b in Nd.Indices(batch))
            {
                var place = Enumerable.Range(0, depth).Select(d => ((int)ids[[.. b, d]] + x.Shape[d]) % x.Shape[d]).ToArray();
                foreach (var rest in Nd.Indices(x.Shape[depth..]))
                    y[[.. place, .. rest]] = Combine(reduction, y[[.. place, .. rest]], updates[[.. b, .. rest]]);
            }

            test.Expect("y", y);
        },
        8);

    [Theory]
    [InlineData("mul", true)]
    [InlineData("max", false)]
    public void Places_must_be_known_to_combine(string reduction, bool known) => Oracle.Refused(
        18,
        test =>
        {
            test.Floats("x", [4, 3]);
            test.Floats("u", [2, 3]);
            var twice = new Nd([2, 1], [1, 1]);
            if (known) test.Constant("ids", twice);
            else test.Input("ids", twice, OnnxType.Int64);
            test.Node("y", "ScatterND", "x, ids, u", OracleCase.Text("reduction", reduction));
            test.Output("y");
        });

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Gathers_by_index_tuples(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var shared = test.Shape(opset >= 12 ? test.Random.Next(0, 2) : 0, 3);
            var x = test.Floats("x", [.. shared, .. test.Shape(test.Random.Next(1, 4), 5)]);
            var depth = test.Random.Next(1, x.Rank - shared.Length + 1);
            var counts = test.Shape(test.Random.Next(shared.Length == 0 ? 1 : 0, 3), 4);
            var ids = Nd.Make(
                [.. shared, .. counts, depth],
                i => test.Random.Next(-x.Shape[shared.Length + i[^1]], x.Shape[shared.Length + i[^1]]));
            test.Input("ids", ids, OnnxType.Int64);
            test.Node("y", "GatherND", "x, ids", opset >= 12 ? OracleCase.Int("batch_dims", shared.Length) : null);
            test.Expect("y", Nd.Make([.. shared, .. counts, .. x.Shape[(shared.Length + depth)..]], i =>
            {
                var head = i[..(shared.Length + counts.Length)];
                var place = Enumerable.Range(0, depth)
                    .Select(d => Wrap((int)ids[[.. head, d]], x.Shape[shared.Length + d]));
                return x[[.. i[..shared.Length], .. place, .. i[head.Length..]]];
            }));
        });

    [Theory]
    [InlineData("Gather", 7)]
    [InlineData("Gather", 13)]
    [InlineData("GatherElements", 11)]
    public void Gathers_along_an_axis(string op, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Coin() ? test.Floats("x", test.Shape(test.Random.Next(1, 4), 6)) : test.Whole("x", test.Shape(2, 6), -99, 99, OnnxType.Int32);
            var axis = test.Random.Next(opset >= 11 ? -x.Rank : 0, x.Rank);
            var d = Wrap(axis, x.Rank);
            var elements = op == "GatherElements";
            int[] idsShape = elements ? [.. x.Shape.Select((e, i) => i == d ? test.Random.Next(1, 6) : test.Random.Next(1, e + 1))] : test.Shape(test.Random.Next(0, 3), 4);
            var ids = test.Whole("ids", idsShape, opset >= 11 ? -x.Shape[d] : 0, x.Shape[d] - 1, test.Coin() ? OnnxType.Int32 : OnnxType.Int64);
            test.Node("y", op, "x, ids", OracleCase.Int("axis", axis));
            var type = x.Values.All(v => v == Math.Floor(v)) ? OnnxType.Int32 : OnnxType.Float;
            int[] shape = elements ? idsShape : [.. x.Shape[..d], .. idsShape, .. x.Shape[(d + 1)..]];
            test.Expect("y", Nd.Make(shape, i => elements
                ? x[[.. i[..d], Wrap((int)ids[i], x.Shape[d]), .. i[(d + 1)..]]]
                : x[[.. i[..d], Wrap((int)ids[i[d..(d + ids.Rank)]], x.Shape[d]), .. i[(d + ids.Rank)..]]]), type);
        });

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void One_hot(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var depth = test.Random.Next(1, 9);
            var whole = test.Coin();
            var shape = test.Shape(test.Random.Next(0, 3), 6);
            var ids = test.Whole("ids", shape, opset < 11 ? 0 : -depth - 2, depth + (opset < 11 ? -1 : 2), test.Coin() ? OnnxType.Int64 : OnnxType.Int32);
            test.Constant("depth", test.Coin() ? new Nd([], [depth]) : new Nd([1], [depth]));
            var type = whole ? OnnxType.Int32 : OnnxType.Float;
            var values = test.Input("values", new Nd([2], whole ? [-3, 7] : [0.25f, 1.5f]), type);
            var axis = test.Random.Next(opset < 11 ? -1 : -shape.Length - 1, shape.Length + 1);
            var d = Wrap(axis, shape.Length + 1);
            test.Node("y", "OneHot", "ids, depth, values", OracleCase.Int("axis", axis));
            test.Expect("y", Nd.Make([.. shape[..d], depth, .. shape[d..]], i =>
            {
                var id = (int)ids[[.. i[..d], .. i[(d + 1)..]]];
                return values[id >= -depth && id < depth && Wrap(id, depth) == i[d] ? 1 : 0];
            }), type);
        });

    [Fact]
    public void Repeats_and_choices() => Oracle.Run(
        13,
        test =>
        {
            var shape = test.Shape(test.Random.Next(1, 4), 5);
            var x = test.Floats("x", Ones(test, shape));
            var extra = test.Shape(test.Random.Next(0, 2), 3);
            test.List("shape", [.. extra, .. shape]);
            test.Node("e", "Expand", "x, shape");
            test.Expect("e", Nd.Make([.. extra, .. shape], x.Broadcast));
            var repeats = test.Shape(x.Rank, 3);
            test.List("repeats", repeats);
            test.Node("t", "Tile", "x, repeats");
            test.Expect("t", Nd.Make([.. x.Shape.Zip(repeats, (a, b) => a * b)], i => x[[.. i.Zip(x.Shape, (v, e) => v % e)]]));
            var condition = test.Whole("c", Ones(test, shape), 0, 1, OnnxType.Bool);
            var other = test.Floats("z", Ones(test, shape[test.Random.Next(shape.Length)..]));
            test.Node("w", "Where", "c, x, z");
            var marked = Nd.Zip(condition, x, (c, v) => c != 0 ? v : double.NaN);
            test.Expect("w", Nd.Zip(marked, other, (a, b) => double.IsNaN(a) ? b : a));
        });

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(21)]
    public void Flattened(long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 5), 5));
            var axis = test.Random.Next(opset < 11 ? 0 : -x.Rank, x.Rank + 1);
            test.Node("f", "Flatten", "x", OracleCase.Int("axis", axis));
            var d = axis < 0 ? axis + x.Rank : axis;
            test.Expect("f", x.As(Nd.Count(x.Shape[..d]), Nd.Count(x.Shape[d..])));
        },
        5);

    private static int[] Ones(OracleCase test, int[] shape) => Array.ConvertAll(shape, e => test.Coin() ? e : 1);

    private static int Wrap(int index, int extent) => index < 0 ? index + extent : index;

    private static int Source(string mode, int place, int extent)
    {
        if (place >= 0 && place < extent) return place;
        if (mode == "edge") return Math.Clamp(place, 0, extent - 1);
        if (mode == "wrap") return (place % extent + extent) % extent;
        return mode == "reflect" ? place < 0 ? -place : 2 * (extent - 1) - place : -1;
    }

    private static double Combine(string reduction, double old, double update) => reduction switch
    {
        "add" => old + update,
        "mul" => old * update,
        "max" => Math.Max(old, update),
        "min" => Math.Min(old, update),
        _ => update,
    };

    /// <summary>All places in random order, counted from either end.</summary>
    private static IEnumerable<int[]> Places(OracleCase test, int[] shape)
    {
        var all = Nd.Indices(shape).ToArray();
        test.Random.Shuffle(all);
        return all.Select(p => p.Select((v, d) => test.Coin() ? v : v - shape[d]).ToArray());
    }
}
