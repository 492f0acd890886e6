using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Reductions in the forms of all opsets.</summary>
public sealed class ReduceOracleTests
{
    public static TheoryData<string, long> Reductions
    {
        get
        {
            var data = new TheoryData<string, long>();
            string[] names = ["Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"];
            foreach (var name in names)
                foreach (var opset in (long[])[7, 13, 18])
                    data.Add(name, opset);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reductions))]
    public void Reductions_of_floats(string name, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = test.Floats("x", test.Shape(test.Random.Next(1, 5), 6), name == "LogSum" ? 0.1 : -2);
            var axes = Axes(test, x.Rank, negative: opset >= 11);
            var keep = test.Coin();
            Node(test, "Reduce" + name, opset >= (name == "Sum" ? 13 : 18), axes, keep);
            test.Expect("y", Reduce(x, axes, keep, v => Value(name, v)));
        },
        4);

    [Theory]
    [InlineData("Sum", 13, OnnxType.Int32)]
    [InlineData("Max", 13, OnnxType.Int32)]
    [InlineData("Min", 18, OnnxType.Int64)]
    [InlineData("Max", 18, OnnxType.UInt8)]
    [InlineData("Min", 12, OnnxType.Int8)]
    [InlineData("Max", 20, OnnxType.Bool)]
    [InlineData("Min", 20, OnnxType.Bool)]
    [InlineData("Prod", 18, OnnxType.Int32)]
    [InlineData("L1", 18, OnnxType.Int32)]
    [InlineData("SumSquare", 18, OnnxType.Int32)]
    public void Reductions_of_whole_numbers(string name, long opset, OnnxType type) => Oracle.Run(
        opset,
        test =>
        {
            var (low, high) = type switch { OnnxType.Bool => (0, 1), OnnxType.UInt8 => (0, 255), OnnxType.Int8 => (-128, 127), _ => (-9, 9) };
            var x = test.Whole("x", test.Shape(3, name == "Prod" ? 2 : 5), low, high, type);
            var axes = Axes(test, x.Rank, negative: true);
            var keep = test.Coin();
            Node(test, "Reduce" + name, opset >= (name == "Sum" ? 13 : 18), axes, keep);
            test.Expect("y", Reduce(x, axes, keep, v => Value(name, v)), type);
        },
        4);

    [Fact]
    public void Empty_axes_can_mean_none() => Oracle.Run(
        18,
        test =>
        {
            var x = test.Floats("x", test.Shape(3));
            test.List("none");
            test.Node("y", "ReduceSumSquare", "x, none", OracleCase.Int("noop_with_empty_axes", 1));
            test.Node("z", "ReduceSum", "x", OracleCase.Int("noop_with_empty_axes", 0));
            test.Expect("y", x.Map(v => v * v));
            test.Expect("z", new Nd([1, 1, 1], [x.Values.Sum()]));
        },
        3);

    [Theory]
    [InlineData("ArgMin", 7)]
    [InlineData("ArgMin", 13)]
    [InlineData("ArgMax", 7)]
    [InlineData("ArgMax", 13)]
    public void Places_of_the_extremes(string op, long opset) => Oracle.Run(
        opset,
        test =>
        {
            var x = Ties(test, test.Shape(test.Random.Next(1, 4), 9));
            var axis = test.Random.Next(opset >= 11 ? -x.Rank : 0, x.Rank);
            var last = opset >= 12 && test.Coin();
            var keep = test.Coin();
            test.Node("y", op, "x", OracleCase.Int("axis", axis), OracleCase.Int("keepdims", keep ? 1 : 0),
                last ? OracleCase.Int("select_last_index", 1) : null);
            var expected = Reduce(x, [axis], keep, v =>
            {
                var best = op == "ArgMin" ? v.Min() : v.Max();
                return last ? Array.LastIndexOf(v, best) : Array.IndexOf(v, best);
            });
            test.Expect("y", expected, OnnxType.Int64);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(24)]
    public void The_k_largest(long opset) => Oracle.Run(
        Math.Max(opset, 7),
        test =>
        {
            var x = test.Coin() ? Ties(test, test.Shape(test.Random.Next(1, 4), 12)) : test.Floats("x", test.Shape(2, 20));
            var axis = test.Random.Next(opset >= 11 ? -x.Rank : 0, x.Rank);
            var d = (axis + x.Rank) % x.Rank;
            var k = test.Random.Next(1, x.Shape[d] + 1);
            var largest = opset < 11 || test.Coin();
            if (opset >= 10) test.List("k", k);
            test.Node("v, i", "TopK", opset >= 10 ? "x, k" : "x", OracleCase.Int("axis", axis),
                opset < 10 ? OracleCase.Int("k", k) : null, opset >= 11 ? OracleCase.Int("largest", largest ? 1 : 0) : null);
            int[] shape = [.. x.Shape];
            shape[d] = k;
            int At(int[] index) => Enumerable.Range(0, x.Shape[d])
                .OrderBy(i => (largest ? -1 : 1) * x[With(index, d, i)]).ThenBy(i => i).ElementAt(index[d]);
            test.Expect("i", Nd.Make(shape, index => At(index)), OnnxType.Int64);
            test.Expect("v", Nd.Make(shape, index => x[With(index, d, At(index))]), tolerance: 0);
        });

    [Fact]
    public void Sums_so_far() => Oracle.Run(
        14,
        test =>
        {
            var whole = test.Coin();
            var shape = test.Shape(test.Random.Next(1, 4), 9);
            var x = whole ? test.Whole("x", shape, -50, 50, OnnxType.Int32) : test.Floats("x", shape);
            var axis = test.Random.Next(-x.Rank, x.Rank);
            var d = (axis + x.Rank) % x.Rank;
            var (exclusive, reverse) = (test.Coin(), test.Coin());
            test.Scalar("axis", axis, test.Coin() ? OnnxType.Int32 : OnnxType.Int64);
            test.Node("y", "CumSum", "x, axis", OracleCase.Int("exclusive", exclusive ? 1 : 0), OracleCase.Int("reverse", reverse ? 1 : 0));
            test.Expect(
                "y",
                Nd.Make(shape, i => Enumerable.Range(0, shape[d])
                    .Where(j => j == i[d] ? !exclusive : reverse == j > i[d]).Sum(j => x[With(i, d, j)])),
                whole ? OnnxType.Int32 : OnnxType.Float);
        });

    /// <summary>A reduction over some axes, by gathering the elements of each result.</summary>
    internal static Nd Reduce(Nd x, int[]? axes, bool keep, Func<double[], double> function)
    {
        var reduced = (axes ?? [.. Enumerable.Range(0, x.Rank)]).Select(a => (a + x.Rank) % x.Rank).ToHashSet();
        var kept = x.Shape.Select((e, d) => reduced.Contains(d) ? 1 : e).ToArray();
        var gathered = Nd.Indices(x.Shape)
            .GroupBy(j => string.Join(',', j.Select((v, d) => reduced.Contains(d) ? 0 : v)), j => x[j])
            .ToDictionary(g => g.Key, g => g.ToArray());
        var result = Nd.Make(kept, i => function(gathered[string.Join(',', i)]));
        return keep ? result : result.As([.. kept.Where((_, d) => !reduced.Contains(d))]);
    }

    private static double Value(string name, double[] v) => name switch
    {
        "Sum" => v.Sum(),
        "Mean" => v.Average(),
        "Max" => v.Max(),
        "Min" => v.Min(),
        "Prod" => v.Aggregate(1.0, (a, b) => a * b),
        "L1" => v.Sum(Math.Abs),
        "L2" => Math.Sqrt(v.Sum(a => a * a)),
        "SumSquare" => v.Sum(a => a * a),
        "LogSum" => Math.Log(v.Sum()),
        "LogSumExp" => Math.Log(v.Sum(Math.Exp)),
        _ => throw new ArgumentException(name),
    };

    private static int[]? Axes(OracleCase test, int rank, bool negative)
    {
        if (test.Random.Next(4) == 0) return null;
        var axes = Enumerable.Range(0, rank).Where(_ => test.Coin()).ToArray();
        if (axes.Length == 0) axes = [test.Random.Next(rank)];
        test.Random.Shuffle(axes);
        return negative && test.Coin() ? Array.ConvertAll(axes, a => a - rank) : axes;
    }

    private static void Node(OracleCase test, string op, bool asInput, int[]? axes, bool keep)
    {
        if (asInput && axes is not null) test.List("axes", axes);
        test.Node("y", op, asInput && axes is not null ? "x, axes" : "x", OracleCase.Int("keepdims", keep ? 1 : 0),
            asInput ? null : OracleCase.Ints("axes", axes));
    }

    private static Nd Ties(OracleCase test, int[] shape) =>
        test.Input("x", Nd.Make(shape, _ => test.Random.Next(-3, 4)), OnnxType.Float);

    private static int[] With(int[] index, int dimension, int value)
    {
        var copy = (int[])index.Clone();
        copy[dimension] = value;
        return copy;
    }
}
