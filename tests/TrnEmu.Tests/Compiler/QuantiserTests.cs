using FsCheck.Fluent;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler;

/// <summary>Matrices in narrow formats: what they hold, and that the chip gives back the same.</summary>
public sealed class QuantiserTests
{
    private static readonly double[] Fp4 = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

    public static TheoryData<string> Narrow =>
        [.. WeightFormat.All.Where(f => f.Scaling != WeightScaling.None).Select(f => f.Name), "int8:channel", "fp8_e4m3fn:channel"];

    [Theory]
    [MemberData(nameof(Narrow))]
    public void The_chip_multiplies_exactly_what_is_stored(string name) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var format = Format(name);
        var random = new Random(seed);
        var (rows, columns) = (random.Next(1, 300), random.Next(1, 200));
        var values = Values(random, rows * columns);
        var q = QuantisedMatrix.Of(values, columns, format, MxScaleRule.Ocp);
        var run = new GraphRun();
        var width = format.IsPairs ? (columns + 1) / 2 : columns;
        var w = run.Input(format.Element, [rows, width], GraphBytes.Decode(format.Element, q.Elements));
        var isMicro = format.Scaling == WeightScaling.Mx;
        var scaleType = isMicro ? DType.UInt8 : DType.Fp32;
        int[] scaleShape = isMicro ? [q.Scales.Length / columns, columns] : [q.Scales.Length / 4];
        var scale = run.Input(scaleType, scaleShape, GraphBytes.Decode(scaleType, q.Scales));
        string[] pairs = format.IsPairs ? [$"pairs={columns}"] : [];
        var result = run.Run(run.Node("dequantize", [w, scale], pairs), Chip.Load(random.Next(2) == 0 ? "trn1" : "trn2"));

        // An element times a power of two is exact in fp32; times another scale it is rounded once.
        if (isMicro) result.IsExact();
        else result.IsNearEach(1.0 / (1 << 24));
    }, cases: 20);

    [Theory]
    [MemberData(nameof(Narrow))]
    public void What_is_stored_is_the_nearest(string name) => Property.ForAll(ArbMap.Default.GeneratorFor<int>(), seed =>
    {
        var format = Format(name);
        var random = new Random(seed);
        var (rows, columns) = (random.Next(1, 100), random.Next(1, 9));
        var values = Values(random, rows * columns);
        var q = QuantisedMatrix.Of(values, columns, format, MxScaleRule.Ocp);
        for (var i = 0; i < values.Length; i++)
        {
            var scale = ScaleOf(format, q, i, columns);
            var stored = ElementOf(format, q, i, columns);
            var wanted = Math.Clamp(values[i] / scale, -format.Largest, format.Largest);
            foreach (var other in Grid(format))
                Assert.True(Math.Abs(stored - wanted) <= Math.Abs(other - wanted) * (1 + 1e-6) + 1e-30, $"{values[i]} over {scale} is stored as {stored}, {other} is nearer");
        }
    });

    [Fact]
    public void A_microscale_is_that_of_OCP()
    {
        float[] values = [.. Enumerable.Repeat(1f, 32), .. Enumerable.Repeat(0f, 32), 3.99f, -100, 448, 0.001f];
        var q = QuantisedMatrix.Of(values, 1, Format("mxfp8"), MxScaleRule.Ocp);
        Assert.Equal([127 - 8, 127, 127], q.Scales);
        Assert.Equal([127 - 8 + 1, 127, 128], QuantisedMatrix.Of(values, 1, Format("mxfp8"), MxScaleRule.Chip).Scales);
    }

    [Theory]
    [InlineData("fp8_e4m3fn:channel", true)]
    [InlineData("int8:tensor", true)]
    [InlineData("mxfp4:mx", true)]
    [InlineData("mxfp4:channel", false)]
    [InlineData("int8:mx", false)]
    [InlineData("bf16:tensor", false)]
    [InlineData("int4", false)]
    [InlineData("int8:", false)]
    public void Formats_are_parsed(string text, bool isFormat) => Assert.Equal(isFormat, WeightFormat.TryParse(text, out _));

    [Fact]
    public void All_matrices_but_the_last_are_narrow()
    {
        var model = Perceptron();
        Assert.Equal(["w1"], Quantiser.Matrices(model.Graph));
        var narrow = Quantiser.Apply(model, Format("int8"));
        Assert.Equal(
            "graph 1\ninput x fp32[1,2]\nconstant w1.narrow int8[2,2]\nconstant w1.scale fp32[1]\nconstant w2 fp32[2,1]\n"
            + "w1 = dequantize(w1.narrow, w1.scale) dtype=fp32\nh = linear(x, w1) activation=relu\ny = linear(h, w2)\noutput y\n",
            GraphText.Print(narrow.Graph));
        Assert.Equal([127, 64, 0, unchecked((byte)-127)], narrow.Constants["w1.narrow"]);
    }

    private static Model Perceptron()
    {
        var graph = new GraphBuilder();
        graph.Declare("x", new TensorType(DType.Fp32, [1, 2]), GraphRole.Input);
        graph.Declare("w1", new TensorType(DType.Fp32, [2, 2]), GraphRole.Constant);
        graph.Declare("w2", new TensorType(DType.Fp32, [2, 1]), GraphRole.Constant);
        graph.Output(graph.Add("y", "linear", [graph.Add("h", "linear", ["x", "w1"], [new("activation", "relu")]), "w2"]));
        return new Model(graph.Build(), new Dictionary<string, byte[]>
        {
            ["w1"] = GraphBytes.Encode(DType.Fp32, [2, 1.01, 0, -2]),
            ["w2"] = GraphBytes.Encode(DType.Fp32, [1, 1]),
        });
    }

    private static double ScaleOf(WeightFormat format, QuantisedMatrix q, int i, int columns) =>
        format.Scaling == WeightScaling.Mx
            ? Math.ScaleB(1, q.Scales[i / columns / 32 * columns + i % columns] - 127)
            : BitConverter.ToSingle(q.Scales, i % columns % (q.Scales.Length / 4) * 4);

    private static double ElementOf(WeightFormat format, QuantisedMatrix q, int i, int columns)
    {
        if (!format.IsPairs) return GraphBytes.Decode(format.Element, q.Elements)[i];
        var code = q.Elements[i / columns * ((columns + 1) / 2) + i % columns / 2] >> (4 * (i % columns % 2)) & 15;
        return code < 8 ? Fp4[code] : -Fp4[code & 7];
    }

    private static IEnumerable<double> Grid(WeightFormat format) => format.IsPairs
        ? Fp4.Concat(Fp4.Select(v => -v))
        : GraphBytes.Decode(format.Element, [.. Enumerable.Range(0, 256).Select(b => (byte)b)])
            .Where(v => Math.Abs(v) <= format.Largest);

    private static float[] Values(Random random, int count)
    {
        var scale = Math.Pow(10, random.Next(-6, 5));
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? 0 : (float)((random.NextDouble() - 0.5) * scale))];
    }

    private static WeightFormat Format(string name) => WeightFormat.TryParse(name, out var format) ? format : throw new ArgumentException(name);
}
