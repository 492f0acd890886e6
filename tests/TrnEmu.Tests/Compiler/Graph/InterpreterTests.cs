using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph;

/// <summary>Operations of graphs on values small enough to compute by hand.</summary>
public sealed class InterpreterTests
{
    private const double Precision = 1e-12;

    [Fact]
    public void Rms_norm() => Same(
        Run(
            "y = rms_norm(x, w) epsilon=0",
            ("input x fp32[1,2]", [3, 4]),
            ("input w fp32[2]", [1, 2])),
        3 / Math.Sqrt(12.5), 8 / Math.Sqrt(12.5));

    [Fact]
    public void Layer_norm() => Same(
        Run(
            "y = layer_norm(x, g, b) epsilon=0",
            ("input x fp32[1,2]", [1, 5]),
            ("input g fp32[2]", [1, 2]),
            ("input b fp32[2]", [10, 20])),
        9, 22);

    [Fact]
    public void Linear_adds_bias_before_and_residual_after_the_activation() => Same(
        Run(
            "y = linear(x, w, b, r) activation=relu",
            ("input x fp32[1,2]", [1, 2]),
            ("input w fp32[2,2]", [1, 10, 100, -1000]),
            ("input b fp32[2]", [5, 6]),
            ("input r fp32[1,2]", [0.5, 0.25])),
        206.5, 0.25);

    [Fact]
    public void Embedding_takes_rows() => Same(
        Run(
            "y = embedding(t, i)",
            ("input t fp32[3,2]", [1, 2, 3, 4, 5, 6]),
            ("input i int32[2,1]", [2, 0])), 5, 6, 1, 2);

    [Fact]
    public void Rope_turns_pairs_by_the_row_of_their_position() => Same(
        Run(
            "y = rope(x, c, s, p) heads=2",
            ("input x fp32[1,4]", [1, 2, 3, 4]),
            ("input c fp32[2,1]", [1, 0]),
            ("input s fp32[2,1]", [0, 1]),
            ("input p int32[1,1]", [1])),
        -2, 1, -4, 3);

    [Fact]
    public void Cache_append_writes_rows_at_the_position() => Same(
        Run(
            "keep = cache_append(keep, x, p)\ny = binary(keep, keep) function=add",
            ("cache keep fp32[3,2]", [1, 2, 3, 4, 5, 6]),
            ("input x fp32[1,2]", [7, 8]),
            ("input p int32[1,1]", [1])),
        2, 4, 14, 16, 10, 12);

    /// <summary>Row 0 sees one position; row 1 two, whose scores differ by ln 3, so that they weigh 1/4 and
    /// 3/4.</summary>
    [Fact]
    public void Attention_is_causal_and_weighs_by_softmax() => Same(
        Run(
            "y = attention(q, k, v, p) heads=1 kv_heads=1 scale=2",
            ("input q fp32[2,1]", [1, 1]),
            ("input k fp32[3,1]", [0, Math.Log(3) / 2, 99]),
            ("input v fp32[3,1]", [8, 4, 99]),
            ("input p int32[1,1]", [0])),
        8, 5);

    [Fact]
    public void Heads_share_keys_and_values_in_groups() => Same(
        Run(
            "y = attention(q, k, v, p) heads=4 kv_heads=2 scale=1",
            ("input q fp32[1,4]", [1, 2, 3, 4]),
            ("input k fp32[1,2]", [1, 1]),
            ("input v fp32[1,2]", [7, 9]),
            ("input p int32[1,1]", [0])),
        7, 7, 9, 9);

    [Fact]
    public void Swiglu() => Same(
        Run(
            "y = swiglu_mlp(x, g, u, d, x)",
            ("input x fp32[1,1]", [1]),
            ("input g fp32[1,1]", [Math.Log(3)]),
            ("input u fp32[1,1]", [2]),
            ("input d fp32[1,1]", [10])),
        Math.Log(3) * 0.75 * 2 * 10 + 1);

    [Fact]
    public void Gelu_mlp() => Same(
        Run(
            "y = gelu_mlp(x, u, d)",
            ("input x fp32[1,1]", [1]),
            ("input u fp32[1,1]", [1]),
            ("input d fp32[1,1]", [2])),
        2 * 0.84134474606854293);

    [Theory]
    [InlineData(DType.Int32, new double[] { 16777217, int.MaxValue, int.MinValue, -16777219 })]
    [InlineData(DType.UInt32, new double[] { 16777217, uint.MaxValue, 2147483649, 3 })]
    [InlineData(DType.Int16, new double[] { short.MinValue, -1, 0, short.MaxValue })]
    [InlineData(DType.UInt8, new double[] { 255, 0, 1, 128 })]
    public void Integer_constants_keep_every_bit(DType dtype, double[] values)
    {
        var graph = GraphText.Parse($"graph 1\nconstant x {dtype.Name()}[4]\ny = reshape(x) shape=[2,2]\noutput y", "test");
        var constants = new Dictionary<string, byte[]> { ["x"] = GraphBytes.Encode(dtype, values) };
        var interpreter = new Interpreter(new Model(graph, constants));
        interpreter.Run();
        Assert.Equal(values, interpreter["y"]);
    }

    private static void Same(double[] values, params double[] expected)
    {
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], Precision);
    }

    private static double[] Run(string nodes, params (string Declaration, double[] Values)[] tensors)
    {
        var text = string.Join('\n', ["graph 1", .. tensors.Select(t => t.Declaration), nodes, "output y"]);
        var interpreter = new Interpreter(new Model(GraphText.Parse(text, "test"), new Dictionary<string, byte[]>()));
        foreach (var (declaration, values) in tensors) values.CopyTo(interpreter[declaration.Split(' ')[1]], 0);
        interpreter.Run();
        return interpreter["y"];
    }
}
