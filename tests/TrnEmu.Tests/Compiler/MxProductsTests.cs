using FsCheck.Fluent;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler;

/// <summary>Models whose products a chip of generation 4 multiplies in microscaled form.</summary>
public sealed class MxProductsTests
{
    [Fact]
    public void Every_product_of_layers_but_the_last_is_microscaled()
    {
        var narrow = Quantiser.Apply(Layers(new Random(1)), Format("mxfp8"), MxScaleRule.Chip, 4).Graph;
        Assert.Equal(
            ["linear_mx", "reshape", "reshape", "linear_mx", "reshape", "reshape", "linear_mx", "linear_mx", "linear_mx",
                "linear_mx", "binary", "linear_mx", "linear"],
            narrow.Nodes.Select(n => n.Op));
        Assert.Equal("fp8_e4m3fn[32,24]", narrow["w0.narrow"].Type.ToString());
        Assert.Equal("uint8[4,6]", narrow["w0.scale"].Type.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Earlier_chips_dequantise(int generation)
    {
        var narrow = Quantiser.Apply(Layers(new Random(1)), Format("mxfp4"), MxScaleRule.Chip, generation);
        Assert.DoesNotContain(narrow.Graph.Nodes, n => n.Op == "linear_mx");
        Assert.Equal(7, narrow.Graph.Nodes.Count(n => n.Op == "dequantize"));
    }

    [Fact]
    public void A_matrix_that_is_more_than_a_weight_is_dequantised()
    {
        var graph = new GraphBuilder();
        graph.Declare("x", new TensorType(DType.Fp32, [2, 2]), GraphRole.Input);
        graph.Declare("w", new TensorType(DType.Fp32, [2, 2]), GraphRole.Constant);
        graph.Declare("v", new TensorType(DType.Fp32, [2, 2]), GraphRole.Constant);
        var h = graph.Add("h", "linear", ["x", "w"]);
        var sum = graph.Add("sum", "binary", [h, "w"], [new("function", "add")]);
        graph.Output(graph.Add("y", "linear", [sum, "v"]));
        var bytes = GraphBytes.Encode(DType.Fp32, [1, 2, 3, 4]);
        var model = new Model(graph.Build(), new Dictionary<string, byte[]> { ["w"] = bytes, ["v"] = bytes });
        var narrow = Quantiser.Apply(model, Format("mxfp8"), MxScaleRule.Chip, 4).Graph;
        Assert.Equal(["dequantize", "linear", "binary", "linear"], narrow.Nodes.Select(n => n.Op));
    }

    /// <summary>
    /// Of small whole numbers, products are whole numbers of few bits, which both formats hold: nothing is lost.
    /// </summary>
    [Theory]
    [InlineData("mxfp8")]
    [InlineData("mxfp4")]
    public void What_the_format_holds_means_the_same(string format) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        var model = Layers(random);
        double[] x = [.. Enumerable.Range(0, 12).Select(_ => (double)random.Next(2))];
        Assert.Equal(Run(model, x), Run(Quantiser.Apply(model, Format(format), MxScaleRule.Chip, 4), x), Near);
    }, cases: 50);

    /// <summary>Whatever the weights are; swiglu's gate is not zero here.</summary>
    [Fact]
    public void Taken_apart_a_model_means_the_same() => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
        var model = Layers(random);
        model = model with
        {
            Constants = model.Constants.ToDictionary(c => c.Key, c => GraphBytes.Encode(DType.Fp32, Numbers(c.Value.Length / 4))),
        };
        var apart = LayerProducts.Apply(model, Quantiser.Matrices(model.Graph));
        Assert.All(apart.Graph.Nodes, n => Assert.Contains(n.Op, new[] { "linear", "reshape", "binary" }));
        var x = Numbers(12);
        Assert.Equal(Run(model, x), Run(apart, x), Near);
    }, cases: 50);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9;

    private static double[] Run(Model model, double[] x)
    {
        var interpreter = new Interpreter(model);
        x.CopyTo(interpreter["x"], 0);
        interpreter.Run();
        return [.. model.Graph.Tensors.Where(t => t.Role == GraphRole.Output).SelectMany(t => interpreter[t.Name])];
    }

    /// <summary>
    /// A linear layer, a product over leading dimensions, both layers of several products and a classifier. Each column
    /// of weights has one or two that are not 0, so that sums stay small; what silu makes goes to a column of zeros.
    /// </summary>
    private static Model Layers(Random random)
    {
        var graph = new GraphBuilder();
        var constants = new Dictionary<string, byte[]>();
        graph.Declare("x", new TensorType(DType.Fp32, [2, 6]), GraphRole.Input);
        string Weights(int rows, int columns, bool areZero = false)
        {
            var values = new double[rows * columns];
            for (var c = 0; c < columns && !areZero; c++) values[random.Next(rows) * columns + c] = random.Next(-1, 3);
            var name = graph.Declare($"w{constants.Count}", new TensorType(DType.Fp32, [rows, columns]), GraphRole.Constant);
            constants.Add(name, GraphBytes.Encode(DType.Fp32, values));
            return name;
        }

        var a = graph.Add("a", "linear", ["x", Weights(6, 6), "", "x"], [new("activation", "relu")]);
        var b = graph.Add("b", "reshape", [a], [new("shape", [2, 2, 3])]);
        var c = graph.Add("c", "matmul", [b, Weights(3, 3)]);
        var d = graph.Add("d", "reshape", [c], [new("shape", [2, 6])]);
        var e = graph.Add("e", "gelu_mlp", [d, Weights(6, 5), Weights(5, 6), "", "", "x"], [new("activation", "relu")]);
        var f = graph.Add("f", "swiglu_mlp", [e, Weights(6, 4, areZero: true), Weights(6, 4), Weights(4, 6), e]);
        graph.Output(graph.Add("y", "linear", [f, Weights(6, 2)]));
        return new Model(graph.Build(), constants);
    }

    private static WeightFormat Format(string name) => WeightFormat.TryParse(name, out var format) ? format : throw new ArgumentException(name);
}
