using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Compiler;

namespace TrnEmu.Tests.Support;

/// <summary>The harness for graphs gives the chip's values and the interpreter's, and its judgements see errors.</summary>
public sealed class GraphRunTests
{
    [Fact]
    public void A_graph_runs_on_the_chip_and_in_the_interpreter()
    {
        var graph = new GraphRun();
        var sum = graph.Node(
            "binary", [graph.Input(DType.Bf16, [1, 2], [1, -2.5]), graph.Input(DType.Bf16, [1, 2], [0.5, 4])], "function=add");
        var table = graph.Node("embedding", [sum, graph.Input(DType.Int32, [3, 1], [0, 0, 0])]);
        var result = graph.Run(table, TestChips.Trn2);
        Assert.Equal("bf16[3,2]", result.Type.ToString());
        Assert.Equal([1.5, 1.5, 1.5, 1.5, 1.5, 1.5], result.Values);
        result.IsExact();
    }

    [Fact]
    public void Errors_are_seen()
    {
        var good = new GraphRun();
        var result = good.Run(
            good.Node("binary", Twice(good.Input(DType.Fp32, [1, 3], [1, 2, double.NaN])), "function=add"), TestChips.Trn2);
        result.IsExact();
        result.IsNearEach(0);
        foreach (var wrong in (double[][])[[2, 5, double.NaN], [2, 4, 0], [double.NaN, 4, double.NaN]])
        {
            var bad = result with { Values = wrong };
            Assert.ThrowsAny<Exception>(bad.IsExact);
            Assert.ThrowsAny<Exception>(() => bad.IsNearEach(0.1));
            Assert.ThrowsAny<Exception>(() => bad.IsNear());
        }
    }

    [Fact]
    public void Bytes_hold_the_numbers()
    {
        Assert.Equal([1, 0xff], GraphBytes.Encode(DType.UInt8, [257, -1]));
        Assert.Equal([0x80, 0x3f], GraphBytes.Encode(DType.Bf16, [1 + 1e-4]));
        Assert.Equal([-7, int.MaxValue], GraphBytes.Decode(DType.Int32, GraphBytes.Encode(DType.Int32, [-7, int.MaxValue])));
    }

    private static string[] Twice(string name) => [name, name];
}
