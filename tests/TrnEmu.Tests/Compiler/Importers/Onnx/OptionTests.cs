using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Dimensions and inputs that the user gives, ranges of what is carried as int32, and what the host
/// does.</summary>
public sealed class OptionTests
{
    [Fact]
    public void MissingDimensionsAreNamedTogether()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, "batch", "length").Node("y", "Neg", "x").Output("y");
        var error = Assert.Throws<TrnException>(() => model.Read());
        Assert.Equal(["TRN1435", "TRN1435"], error.Diagnostics.Select(d => d.Code.Id));
        Assert.Contains("--dim batch=N", error.Message);
        Assert.Contains("--dim length=N", error.Message);
    }

    [Fact]
    public void DimensionsComeFromOptionsOrInputs()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, "batch", "length").Node("y", "Neg", "x").Output("y");
        var byName = model.Read(Options(dims: new() { ["batch"] = 2, ["length"] = 3 }));
        Assert.Equal([2, 3], byName.Outputs[0].Shape);
        var byInput = model.Read(Options(new() { ["x"] = new(OnnxType.Float, [4, 5], new double[20]) }));
        Assert.Equal([4, 5], byInput.Outputs[0].Shape);
        Refused("TRN1435", model, Options(dims: new() { ["batch"] = 2, ["other"] = 3 }));
        Refused("TRN1436", model, Options(new() { ["z"] = new(OnnxType.Float, [4, 5], new double[20]) }));
    }

    [Fact]
    public void ShapesThatInputsDecideNeedTheirValues()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 6).Input("shape", OnnxType.Int64, 2)
            .Node("y", "Reshape", "x, shape").Output("y");
        Assert.Contains("--input shape=FILE.npy", Refused("TRN1437", model));
        var options = Options(new() { ["shape"] = new(OnnxType.Int64, [2], [2, -1]) });
        var imported = model.Read(options);
        Assert.Equal([2, 3], imported.Outputs[0].Shape);
        Assert.Null(imported.Inputs[1].Tensor);
        var inputs = new Dictionary<string, double[]> { ["x"] = [1, 2, 3, 4, 5, 6], ["shape"] = [2, -1] };
        Assert.Equal([1, 2, 3, 4, 5, 6], NodeCase.Interpret(imported, inputs)["y"]);
        inputs["shape"] = [3, -1];
        Assert.Equal("TRN1436", Assert.Throws<TrnException>(() => imported.Feed(inputs)).Diagnostics[0].Code.Id);
    }

    [Fact]
    public void Int64IsCheckedAgainstInt32()
    {
        var model = new ModelMaker().Input("x", OnnxType.Int64, 1).Node("y", "Add", "x, x").Output("y").Read();
        Assert.Throws<TrnException>(() => model.Feed(new Dictionary<string, double[]> { ["x"] = [1L << 31] }));
        var constant = new ModelMaker().Input("x", OnnxType.Int64, 1).Integers("c", 1L << 31).Node("y", "Add", "x, c").Output("y");
        Refused("TRN1434", constant);
    }

    [Fact]
    public void ShapeArithmeticLeavesNothingForTheChip()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 2, 3).Integers("two", 2).Integers("big", long.MaxValue)
            .Node("s", "Shape", "x").Node("p", "Mul", "s, two").Node("m", "Min", "p, big").Output("m").Read();
        Assert.Empty(model.Model.Graph.Nodes);
        Assert.Equal([4, 6], NodeCase.Interpret(model, new() { ["x"] = new double[6] })["m"]);
    }

    [Fact]
    public void FourBitsStayOnTheHostAndDoNotStandBetween()
    {
        var model = new ModelMaker(23).Input("x", OnnxType.Float, 3)
            .Node("a", "Neg", "x").Node("b", "Cast", "a", ModelMaker.Int("to", (int)OnnxType.Float4E2M1))
            .Node("c", "Cast", "b", ModelMaker.Int("to", (int)OnnxType.Float));
        model.Output("c");
        var imported = model.Read();
        Assert.Equal(2, imported.After.Nodes.Count);
        Assert.Equal([-1, -6, 0.5], NodeCase.Interpret(imported, new() { ["x"] = [1.1, 9, -0.6] })["c"]);
        model.Node("d", "Neg", "c").Output("d");
        Refused("TRN1434", model);
    }

    [Fact]
    public void BranchesWithAKnownConditionAndFunctionsAreTakenInPlace()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 1).Integers("one", 1)
            .Node("c", "Cast", "one", ModelMaker.Int("to", (int)OnnxType.Bool)).Node("z", "own/f", "x", ModelMaker.Int("n", 3));
        var yes = new ModelMaker().Node("t", "Neg", "z").Output("t").Model.Graph;
        var no = new ModelMaker().Node("f", "Scan", "z").Output("f").Model.Graph;
        model.Node("y", "If", "c", new AttributeProto { Name = "then_branch", G = yes }, new AttributeProto { Name = "else_branch", G = no });
        model.Model.Functions.Add(Tripled());
        Assert.Equal([-6], NodeCase.Interpret(model.Output("y").Read(), new() { ["x"] = [2] })["y"]);
    }

    [Fact]
    public void TypesFollowTheOption()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 2).Input("h", OnnxType.Float16, 2).Floats("c", [1], -3.4e38f)
            .Node("y", "Add", "x, c").Node("z", "Neg", "h").Output("y", "z").Read(new OnnxOptions(DType.Bf16));
        var types = model.Model.Graph.Tensors.ToDictionary(t => t.Name, t => t.Type.DType);
        Assert.Equal((DType.Bf16, DType.Fp16, DType.Bf16), (types["x"], types["h"], types["c"]));
        Assert.Equal([0x7f, 0xff], model.Model.Constants["c"]);
        Assert.All(model.Model.Graph.Nodes, n => Assert.Matches("^[yz]: (Add|Neg)$", n.Source));
        Assert.Equal(2, model.Model.Graph.Tensors.Count(t => t.Role == GraphRole.Output));
    }

    private static FunctionProto Tripled()
    {
        var function = new FunctionProto { Name = "f", Domain = "own", Input = { "x" }, Output = { "r" }, Attribute = { "n" } };
        function.OpsetImport.Add(new OperatorSetProto { Version = 17 });
        var constant = new NodeProto { OpType = "Constant", Output = { "n" } };
        constant.Attribute.Add(new AttributeProto { Name = "value_int", RefAttrName = "n" });
        function.Node.Add(constant);
        function.Node.Add(new NodeProto { OpType = "CastLike", Input = { "n", "x" }, Output = { "m" } });
        function.Node.Add(new NodeProto { OpType = "Mul", Input = { "x", "m" }, Output = { "r" } });
        return function;
    }

    private static OnnxOptions Options(Dictionary<string, OnnxTensor>? inputs = null, Dictionary<string, int>? dims = null) =>
        new(DType.Fp32, dims ?? [], inputs ?? []);

    private static string Refused(string code, ModelMaker model, OnnxOptions? options = null)
    {
        var error = Assert.Throws<TrnException>(() => model.Read(options));
        Assert.Equal(code, error.Diagnostics[0].Code.Id);
        return error.Message;
    }
}
