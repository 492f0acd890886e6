using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Fused operations of ONNX Runtime against the standard ones that they stand for.</summary>
public sealed class FusedTests
{
    private const int Batch = 2, Rows = 3, Past = 2, Heads = 4, Groups = 2, Size = 6;

    [Fact]
    public void GroupQueryAttentionIsCausalAttentionWithPast()
    {
        var model = new ModelMaker(23).Input("q", OnnxType.Float, Batch, Rows, Heads * Size)
            .Input("k", OnnxType.Float, Batch, Rows, Groups * Size).Input("v", OnnxType.Float, Batch, Rows, Groups * Size)
            .Input("pk", OnnxType.Float, Batch, Groups, Past, Size).Input("pv", OnnxType.Float, Batch, Groups, Past, Size)
            .Integers("lengths", Past + Rows - 1, Past + Rows - 1).Integers("total", Past + Rows)
            .Node("a, ak, av", "com.microsoft/GroupQueryAttention", "q, k, v, pk, pv, lengths, total",
                ModelMaker.Int("num_heads", Heads), ModelMaker.Int("kv_num_heads", Groups))
            .Node("b, bk, bv", "Attention", "q, k, v, , pk, pv",
                ModelMaker.Int("q_num_heads", Heads), ModelMaker.Int("kv_num_heads", Groups), ModelMaker.Int("is_causal", 1))
            .Output("a", "ak", "av", "b", "bk", "bv");
        var results = Run(model);
        Assert.All(results["a"].Zip(results["b"]), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.Equal(results["bk"], results["ak"]);
        Assert.Equal(results["bv"], results["av"]);
    }

    [Fact]
    public void ABufferOfKeysGivesTheSameAsAPast()
    {
        var model = new ModelMaker(23).Input("q", OnnxType.Float, 1, Rows, Heads * Size)
            .Input("k", OnnxType.Float, 1, Rows, Groups * Size).Input("v", OnnxType.Float, 1, Rows, Groups * Size)
            .Input("pk", OnnxType.Float, 1, Groups, 9, Size).Input("pv", OnnxType.Float, 1, Groups, 9, Size)
            .Integers("lengths", Past + Rows - 1).Integers("total", Past + Rows).Integers("zero", 0).Integers("past", Past)
            .Integers("axis", 2).Node("sk", "Slice", "pk, zero, past, axis").Node("sv", "Slice", "pv, zero, past, axis")
            .Node("a", "com.microsoft/GroupQueryAttention", "q, k, v, pk, pv, lengths, total",
                ModelMaker.Int("num_heads", Heads), ModelMaker.Int("kv_num_heads", Groups))
            .Node("b", "com.microsoft/GroupQueryAttention", "q, k, v, sk, sv, lengths, total",
                ModelMaker.Int("num_heads", Heads), ModelMaker.Int("kv_num_heads", Groups))
            .Output("a", "b");
        var results = Run(model);
        Assert.All(results["a"].Zip(results["b"]), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void MultiHeadAttentionAddsItsBiasesAndMask()
    {
        const int width = Heads * Size;
        var model = new ModelMaker(23).Input("q", OnnxType.Float, Batch, Rows, width)
            .Input("k", OnnxType.Float, Batch, Rows, width).Input("v", OnnxType.Float, Batch, Rows, width)
            .Input("bias", OnnxType.Float, 3 * width).Integers("parts", width, width, width)
            .Floats("mask", [1, 1, Rows, Rows], 0, -1, 2, 1, 0, -3, 1, 1, 0)
            .Node("bq, bk, bv", "Split", "bias, parts", ModelMaker.Int("axis", 0))
            .Node("sq", "Add", "q, bq").Node("sk", "Add", "k, bk").Node("sv", "Add", "v, bv")
            .Node("a", "com.microsoft/MultiHeadAttention", "q, k, v, bias, , mask", ModelMaker.Int("num_heads", Heads))
            .Node("b", "Attention", "sq, sk, sv, mask", ModelMaker.Int("q_num_heads", Heads), ModelMaker.Int("kv_num_heads", Heads))
            .Output("a", "b");
        var results = Run(model);
        Assert.All(results["a"].Zip(results["b"]), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void ScatterPutsWhatGatherTakes()
    {
        var model = new ModelMaker().Input("x", OnnxType.Float, 4, 3).Input("rows", OnnxType.Float, 2, 3)
            .Integers("ids", -1, 1).Integers("axes", 1).Node("places", "Unsqueeze", "ids, axes")
            .Node("y", "ScatterND", "x, places, rows").Node("z", "GatherND", "y, places").Output("y", "z");
        var inputs = Inputs(model);
        var results = NodeCase.Interpret(model.Read(), inputs);
        Assert.Equal(inputs["rows"], results["z"]);
        Assert.Equal(inputs["x"][..3], results["y"][..3]);
        Assert.Equal(inputs["rows"][..3], results["y"][9..]);
    }

    private static Dictionary<string, double[]> Run(ModelMaker model) => NodeCase.Interpret(model.Read(), Inputs(model));

    private static Dictionary<string, double[]> Inputs(ModelMaker model)
    {
        var random = new Random(3);
        return model.Model.Graph.Input.ToDictionary(
            i => i.Name,
            i => Enumerable.Range(0, (int)i.Type.TensorType.Shape.Dim.Aggregate(1L, (n, d) => n * d.DimValue))
                .Select(_ => (double)(float)(random.NextDouble() * 4 - 2)).ToArray());
    }
}
