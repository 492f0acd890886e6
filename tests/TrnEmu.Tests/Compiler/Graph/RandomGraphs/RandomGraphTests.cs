using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Passes;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Random graphs of all operations give on the chip what the interpreter computes.</summary>
public sealed class RandomGraphTests
{
    public static TheoryData<string> Ops() => [.. GraphOp.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Exactly for integers and what is only moved or chosen, else within twice what errors of kernels do to them.</summary>
    [Theory]
    [MemberData(nameof(Ops))]
    public void Compiled_is_as_interpreted(string op)
    {
        Assert.True(NodeMakers.All.ContainsKey(op), $"NodeMakers makes no {op}");
        Property.ForAll(RandomGraph.Gen(op), graph =>
        {
            Assert.Contains(graph.Graph.Nodes, n => n.Op == op);
            foreach (var (name, bytes) in ProgramRun.Whole(graph, Pipeline.Compile(graph.Trace(), graph.Chip)))
                Compare(graph.Known[name], bytes);
        }, cases: 5);
    }

    /// <summary>What a draft computes node by node is what the interpreter makes of the whole graph.</summary>
    [Fact]
    public void Drafts_know_the_values() => Property.ForAll(RandomGraph.Gen(), graph =>
    {
        var constants = graph.Graph.Tensors.Where(t => t.Role == GraphRole.Constant)
            .ToDictionary(t => t.Name, t => graph.Given(t.Name)!);
        var interpreter = new Interpreter(new Model(graph.Graph, constants));
        foreach (var t in graph.Graph.Tensors.Where(t => t.Role == GraphRole.Input))
            graph.Known[t.Name].Values.CopyTo(interpreter[t.Name], 0);
        interpreter.Run();
        foreach (var t in graph.Graph.Tensors) Assert.Equal(interpreter[t.Name], graph.Known[t.Name].Values);
    }, cases: 30);

    /// <summary>Graphs are what this is for: chained, with more than one output, of every rank and size.</summary>
    [Fact]
    public void Graphs_are_many_and_long()
    {
        var nodes = 0;
        Property.ForAll(RandomGraph.Gen(), graph =>
        {
            nodes += graph.Graph.Nodes.Count;
            Assert.InRange(graph.Graph.Nodes.Count, 3, 14);
            Assert.Contains(graph.Graph.Tensors, t => t.Role is GraphRole.Output or GraphRole.Cache);
        }, cases: 30);
        Assert.True(nodes >= 30 * 5, $"30 graphs have {nodes} nodes");
    }

    private static void Compare(Known expected, byte[] bytes)
    {
        var values = GraphBytes.Decode(expected.Type.DType, bytes);
        var limit = expected.Limit;
        for (var i = 0; i < values.Length; i++)
        {
            if (!(Math.Abs(values[i] - expected.Values[i]) <= limit))
                Assert.Fail($"{expected.Name}[{i}] of {expected.Type} is {values[i]:R}, expected {expected.Values[i]:R} within {limit:R}");
        }
    }
}
