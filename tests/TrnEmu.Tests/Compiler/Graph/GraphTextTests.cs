using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Generation;

namespace TrnEmu.Tests.Compiler.Graph;

public sealed class GraphTextTests
{
    private const string Text = """
        graph 1
        input x fp32[2,4]
        constant w fp32[4,3]
        constant norm fp32[4]
        cache seen bf16[8,3]
        input position int32[1,1]
        n = rms_norm(x, norm) epsilon=1e-05 dtype=bf16  # layer 0
        y = linear(n, w)
        seen = cache_append(seen, y, position)  # layer 0
        z = linear(x, w, none, y) activation=gelu
        output z

        """;

    [Fact]
    public void What_is_printed_reads_back_as_the_same_graph()
    {
        var graph = GraphText.Parse(Text, "g");
        var printed = GraphText.Print(graph);
        Assert.Equal(graph, GraphText.Parse(printed, "printed"));
        Assert.Equal(printed, GraphText.Print(GraphText.Parse(printed, "printed")));
    }

    [Fact]
    public void A_canonical_text_prints_as_it_stands() =>
        Assert.Equal(Text, GraphText.Print(GraphText.Parse(Text, "g")));

    [Fact]
    public void The_graph_of_a_model_reads_back_as_itself()
    {
        var graph = TinyLlama.Read(TinyLlama.Bytes()).Model.Graph;
        Assert.Equal(graph, GraphText.Parse(GraphText.Print(graph), "llama"));
    }

    [Fact]
    public void Types_of_results_follow_from_the_operands()
    {
        var graph = GraphText.Parse(Text, "g");
        Assert.Equal("bf16[2,4]", graph["n"].Type.ToString());
        Assert.Equal("bf16[2,3]", graph["y"].Type.ToString());
        Assert.Equal(GraphRole.Output, graph["z"].Role);
    }

    [Theory]
    [InlineData("y = linear(x, w)", "y = linear(x, v)", "g:8: error TRN1412: there is no tensor v")]
    [InlineData("y = linear(x, w)", "y = product(x, w)", "g:8: error TRN1412: there is no operation product")]
    [InlineData(
        "y = linear(x, w)", "y = linear(w, x)", "g:8: error TRN1413: y = linear: x is fp32[4,3], w is fp32[2,4]")]
    [InlineData("y = linear(x, w)", "y = linear(x)", "g:8: error TRN1413: y = linear: has 1 operands")]
    [InlineData("y = linear(x, w)", "x = linear(x, w)", "g:8: error TRN1412: tensor x is there already")]
    [InlineData(
        "y = linear(x, w)", "y = linear(x, w) speed=2", "g:8: error TRN1413: y = linear: has no attribute speed")]
    [InlineData(
        "y = linear(x, w)", "y = linear(x, w) activation=abs", "g:8: error TRN1413: y = linear: activation is abs")]
    [InlineData("y = linear(x, w)", "y = linear(x, w) dtype=int8", "g:8: error TRN1413: y = linear: dtype is int8")]
    [InlineData("y = linear(x, w)", "y linear x w", "g:8: error TRN1411")]
    [InlineData("epsilon=1e-05", "epsilon=small",
        "g:7: error TRN1413: n = rms_norm (layer 0): attribute epsilon=small is not a number")]
    [InlineData("constant w fp32[4,3]", "constant w fp33[4,3]", "g:3: error TRN1411: type fp33: expected")]
    [InlineData("constant w fp32[4,3]", "constant w fp32[4,0]", "g:3: error TRN1413")]
    [InlineData("constant w fp32[4,3]", "constant w fp32[99999999999]", "g:3: error TRN1411")]
    [InlineData("seen = cache_append(seen, y", "kept = cache_append(seen, y", "updates its operand cache in place")]
    [InlineData("output z", "output zz", "g:11: error TRN1412")]
    [InlineData("graph 1", "graph 2", "g:1: error TRN1411")]
    public void A_wrong_line_is_found_where_it_stands(string right, string wrong, string finding)
    {
        var text = Text.Replace("n, w)", "x, w)", StringComparison.Ordinal).Replace(
            "seen bf16", "seen fp32", StringComparison.Ordinal);
        _ = GraphText.Parse(text, "g");
        var e = Assert.Throws<TrnException>(
            () => GraphText.Parse(text.Replace(right, wrong, StringComparison.Ordinal), "g"));
        Assert.Contains(finding, e.Diagnostics[0].ToString(), StringComparison.Ordinal);
    }
}
