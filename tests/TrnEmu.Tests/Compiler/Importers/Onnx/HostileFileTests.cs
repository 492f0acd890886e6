using Google.Protobuf;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Files that are cut, lie about lengths, run in circles or reach outside: an error in words, always.</summary>
public sealed class HostileFileTests
{
    [Fact]
    public void EveryCutIsAnErrorOrAnotherModel()
    {
        var bytes = Sample().Model.ToByteArray();
        for (var length = 0; length < bytes.Length; length++) Attempt(bytes[..length]);
    }

    [Fact]
    public void MutatedBytesGiveAnErrorOrAnotherModel()
    {
        var bytes = Sample().Model.ToByteArray();
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var copy = (byte[])bytes.Clone();
            for (var n = random.Next(1, 4); n > 0; n--) copy[random.Next(copy.Length)] = (byte)random.Next(256);
            Attempt(copy);
        }
    }

    [Theory]
    [InlineData(new long[] { 3 }, "TRN1431")]
    [InlineData(new[] { -1L }, "TRN1431")]
    [InlineData(new[] { 1L << 20, 1L << 20, 1L << 40 }, "TRN1431")]
    [InlineData(new[] { 1L << 40, 0L }, "TRN1431")]
    public void ExtentsMustFitTheData(long[] shape, string code) =>
        Refused(code, new ModelMaker().Floats("w", shape, 1, 2).Node("y", "Neg", "w").Output("y"));

    [Fact]
    public void ANodeMustNotReadWhatItMakes()
    {
        Refused("TRN1433", new ModelMaker().Node("y", "Neg", "y").Output("y"));
        Refused("TRN1433", new ModelMaker().Node("a", "Neg", "b").Node("b", "Neg", "a").Output("b"));
        Refused("TRN1433", new ModelMaker().Output("nothing"));
        Refused("TRN1433", new ModelMaker().Floats("w", [1], 1).Node("y", "Neg", "w").Node("y", "Abs", "w").Output("y"));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../secret")]
    [InlineData("..\\secret")]
    [InlineData("missing")]
    [InlineData("")]
    public void ExternalDataStayInTheFolder(string location)
    {
        using var folder = new Support.TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "models", "a"));
        File.WriteAllBytes(Path.Combine(folder.Path, "secret"), new byte[8]);
        Refused("TRN1432", External(location, "0", "4"), Path.Combine(folder.Path, "models", "model.onnx"));
    }

    [Theory]
    [InlineData("8", "4", "TRN1432")]
    [InlineData("9223372036854775807", "4", "TRN1432")]
    [InlineData("-1", "4", "TRN1432")]
    [InlineData("0", "5", "TRN1432")]
    public void ExternalOffsetsAreChecked(string offset, string length, string code)
    {
        using var folder = new Support.TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "data"), new byte[8]);
        var model = External("data", offset, length);
        Refused(code, model, Path.Combine(folder.Path, "model.onnx"));
    }

    [Fact]
    public void ExternalDataAreRead()
    {
        using var folder = new Support.TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "data"), [0, 0, 0, 0, .. BitConverter.GetBytes(2.5f)]);
        var model = External("data", "4", "4").Read(file: Path.Combine(folder.Path, "model.onnx"));
        Assert.Equal([-2.5], NodeCase.Interpret(model, [])["y"]);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), "/etc/hostname");
        Refused("TRN1432", External("link", "0", "4"), Path.Combine(folder.Path, "model.onnx"));
    }

    [Fact]
    public void NestingIsBounded()
    {
        var graph = new GraphProto();
        for (var i = 0; i < 200; i++)
        {
            var outer = new GraphProto();
            outer.Node.Add(new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = graph } } });
            graph = outer;
        }

        var bytes = new ModelProto { Graph = graph }.ToByteArray();
        Assert.Equal("TRN1430", Assert.Throws<TrnException>(() => ModelMaker.Read(bytes)).Diagnostics[0].Code.Id);
    }

    [Fact]
    public void FunctionsThatCallThemselvesAreRefused()
    {
        var model = new ModelMaker().Floats("w", [1], 1).Node("y", "own/f", "w").Output("y");
        var function = new FunctionProto { Name = "f", Domain = "own" };
        function.Input.Add("x");
        function.Output.Add("z");
        function.Node.Add(new NodeProto { OpType = "f", Domain = "own", Input = { "x" }, Output = { "z" } });
        model.Model.Functions.Add(function);
        Refused("TRN1433", model);
    }

    [Fact]
    public void HugeConstantsAreNotComputed()
    {
        var model = new ModelMaker().Integers("shape", 1 << 15, 1 << 15).Floats("w", [1], 1)
            .Node("x", "Expand", "w, shape").Node("y", "Neg", "x").Output("y");
        var before = GC.GetTotalAllocatedBytes();
        Attempt(model.Model.ToByteArray());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20);
    }

    [Fact]
    public void EveryNodeThatCannotBeCompiledIsListed()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 2).Node("a", "NonZero", "x").Node("b", "Neg", "a")
            .Node("c", "Scan", "x").Node("d", "Concat", "x, x", ModelMaker.Int("axis", 7)).Output("b");
        var error = Assert.Throws<TrnException>(() => model.Read());
        Assert.Equal(["NonZero", "Scan", "Concat"], error.Diagnostics.Select(d => d.Message.Split('(', ')')[1]));
        Assert.All(error.Diagnostics, d => Assert.Equal("TRN1434", d.Code.Id));
    }

    private static ModelMaker External(string location, string offset, string length)
    {
        var model = new ModelMaker().Floats("w", [1]).Node("y", "Neg", "w").Output("y");
        var tensor = model.Model.Graph.Initializer[0];
        tensor.DataLocation = 1;
        tensor.ExternalData.Add(new PairProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new PairProto { Key = "offset", Value = offset });
        tensor.ExternalData.Add(new PairProto { Key = "length", Value = length });
        return model;
    }

    private static ModelMaker Sample() => new ModelMaker().Input("x", OnnxType.Float, 2, 3, 4)
        .Integers("shape", 6, -1).Floats("w", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8).Integers("ids", 1, 0, 1)
        .Integers("starts", 0).Integers("ends", 5).Integers("axes", 1)
        .Node("flat", "Reshape", "x, shape").Node("product", "MatMul", "flat, w")
        .Node("soft", "Softmax", "product", ModelMaker.Int("axis", -1))
        .Node("turned", "Transpose", "soft").Node("part", "Slice", "turned, starts, ends, axes")
        .Node("rows", "Gather", "part, ids", ModelMaker.Int("axis", 0))
        .Node("left, right", "Split", "rows", ModelMaker.Int("axis", 0)).Node("sum", "ReduceSum", "rows, axes")
        .Node("wide", "Concat", "rows, rows", ModelMaker.Int("axis", 1)).Node("size", "Shape", "wide")
        .Node("zeros", "ConstantOfShape", "size").Node("y", "Add", "wide, zeros").Output("y", "sum");

    private static void Attempt(byte[] bytes)
    {
        try
        {
            ModelMaker.Read(bytes);
        }
        catch (TrnException e)
        {
            Assert.Equal(FailureKind.BadInput, e.Kind);
        }
    }

    private static void Refused(string code, ModelMaker model, string file = "model.onnx") =>
        Assert.Equal(code, Assert.Throws<TrnException>(() => model.Read(file: file)).Diagnostics[0].Code.Id);
}
