using FsCheck.Fluent;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler;

/// <summary>Models whose products read activations of 8 bits with calibrated scales.</summary>
public sealed class Fp8ProductsTests
{
    [Theory]
    [InlineData("fp8_e4m3", 240)]
    [InlineData("fp8_e5m2", 57344)]
    public void Scales_are_the_largest_of_calibration_over_the_largest_number(string name, double largest) =>
        Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
        {
            var random = new Random(seed);
            var model = Mlp(random);
            double[][] runs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Numbers(random, 10))];
            var narrow = Fp8Products.Apply(model, Format(name), null, MxScaleRule.Chip, c =>
            {
                foreach (var run in runs) c.Run(new Dictionary<string, double[]> { ["x"] = run });
            });
            var scale = narrow.Graph.Nodes.First(n => n is { Op: "quantize" } && n.Inputs[0] == "x").Attributes[0].Number!.Value;
            Assert.Equal((float)(runs.Max(r => r.Max(Math.Abs)) / largest), scale);

            // Nothing is beyond the largest number, which the largest input becomes.
            var interpreter = new Interpreter(narrow);
            double most = 0;
            foreach (var run in runs)
            {
                run.CopyTo(interpreter["x"], 0);
                interpreter.Run();
                for (var i = 0; i < run.Length; i++) Assert.Equal(run[i] / scale, interpreter["x.fp8"][i], Math.Max(Math.Abs(run[i] / scale) / 8, largest / 1e4));
                most = Math.Max(most, interpreter["x.fp8"].Max(Math.Abs));
            }

            Assert.Equal(largest, most);
        });

    [Fact]
    public void Products_of_layers_but_the_last_are_narrow()
    {
        var narrow = Fp8Products.Apply(Mlp(new Random(3)), Format("fp8_e4m3"), null, MxScaleRule.Chip, c => c.Run());
        Assert.Equal(
            "graph 1\ninput x bf16[2,5]\nconstant up.narrow fp8_e4m3[5,7]\nconstant b bf16[7]\nconstant down.narrow fp8_e4m3[7,5]\n"
            + "constant last bf16[5,3]\n",
            GraphText.Print(narrow.Graph)[..GraphText.Print(narrow.Graph).IndexOf("x.fp8", StringComparison.Ordinal)]);
        Assert.Equal(["quantize", "linear", "quantize", "linear", "linear"], narrow.Graph.Nodes.Select(n => n.Op));
        Assert.All(narrow.Graph.Nodes.Where(n => n.Op == "linear"), n => Assert.Equal(DType.Bf16, narrow.Graph[n.Outputs[0]].Type.DType));
    }

    [Theory]
    [InlineData("int8", "dequantize")]
    [InlineData("mxfp4", "dequantize")]
    [InlineData("fp8_e4m3:channel", "dequantize")]
    [InlineData("fp8_e4m3fn", "dequantize")]
    [InlineData("fp16", "cast")]
    public void Other_weights_are_widened_before(string weights, string op)
    {
        Assert.True(WeightFormat.TryParse(weights, out var format));
        var narrow = Fp8Products.Apply(Mlp(new Random(3)), Format("fp8_e5m2"), format, MxScaleRule.Chip, c => c.Run());
        Assert.Equal(["quantize", op, "linear", "quantize", op, "linear", "linear"], narrow.Graph.Nodes.Select(n => n.Op));
    }

    [Fact]
    public void Narrow_products_are_near_the_wide_ones() => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var random = new Random(seed);
        var (model, x) = (Mlp(random), Numbers(random, 10));
        var sizes = Run(Magnitudes(model), Array.ConvertAll(x, Math.Abs));
        var narrow = Fp8Products.Apply(
            model, Format("fp8_e4m3"), null, MxScaleRule.Chip, c => c.Run(new Dictionary<string, double[]> { ["x"] = x }));
        var (expected, values) = (Run(model, x), Run(narrow, x));

        // Each of four factors is within 2^-4 of itself, or, where that is more, 2^-10 / 240 of the largest.
        var bound = Math.Pow(1 + 1.0 / 16, 4) - 1 + 0.001;
        for (var i = 0; i < values.Length; i++) Assert.InRange(values[i] - expected[i], -bound * sizes[i], bound * sizes[i]);
    });

    /// <summary>The model with the magnitudes of its constants: what it makes of magnitudes bounds all terms of
    /// sums.</summary>
    private static Model Magnitudes(Model model) => model with
    {
        Constants = model.Constants.ToDictionary(c => c.Key, c => GraphBytes.Encode(
            DType.Bf16, Array.ConvertAll(GraphBytes.Decode(DType.Bf16, c.Value), Math.Abs))),
    };

    [Fact]
    public void What_is_not_finite_in_calibration_is_refused()
    {
        var error = Assert.Throws<TrnException>(() => Fp8Products.Apply(
            Mlp(new Random(1)), Format("fp8_e4m3"), null, MxScaleRule.Chip, c =>
            {
                c["x"][3] = double.NaN;
                c.Run();
            }));
        Assert.Contains("has NaN in calibration", error.Message, StringComparison.Ordinal);
    }

    private static double[] Run(Model model, double[] x)
    {
        var interpreter = new Interpreter(model);
        x.CopyTo(interpreter["x"], 0);
        interpreter.Run();
        return interpreter["y"];
    }

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 2)];

    private static Model Mlp(Random random)
    {
        var graph = new GraphBuilder();
        var constants = new Dictionary<string, byte[]>();
        string Constant(string name, params int[] shape)
        {
            constants.Add(name, GraphBytes.Encode(DType.Bf16, Numbers(random, shape.Aggregate(1, (n, e) => n * e))));
            return graph.Declare(name, new TensorType(DType.Bf16, [.. shape]), GraphRole.Constant);
        }

        graph.Declare("x", new TensorType(DType.Bf16, [2, 5]), GraphRole.Input);
        string[] operands = ["x", Constant("up", 5, 7), Constant("b", 7), Constant("down", 7, 5)];
        var h = graph.Add(
            "h", "gelu_mlp", [operands[0], operands[1], operands[3], operands[2]], [new("activation", "relu")]);
        graph.Output(graph.Add("y", "linear", [h, Constant("last", 5, 3)]));
        return new Model(graph.Build(), constants);
    }

    private static ActivationFormat Format(string name) =>
        ActivationFormat.TryParse(name, out var format) ? format : throw new ArgumentException(name);
}
