using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Inference;
using TrnEmu.Tests.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Inference;

/// <summary>Findings inside kernels of a model name the model's own nodes.</summary>
public sealed class NodeNotesTests
{
    [Fact]
    public void A_fault_names_the_node_of_the_model()
    {
        var maker = new ModelMaker()
            .Input("ids", OnnxType.Int64, 2).Floats("table", [4, 3], new float[12])
            .Node("y", "Gather", "table, ids").Output("y");
        maker.Model.Graph.Node[0].Name = "/layer.0/Gather";
        using var model = new CompiledModel(
            maker.Read(), Chip.Load("trn2"), new RunOptions(), new CompileLog());
        model.Run(new Dictionary<string, double[]> { ["ids"] = [3, 0] });
        var fault = Assert.Throws<TrnException>(() => model.Run(new Dictionary<string, double[]> { ["ids"] = [3, 99] }));
        var finding = Assert.Single(fault.Diagnostics);
        Assert.Equal(FailureKind.Fault, fault.Kind);
        Assert.StartsWith("kernels/", finding.Where.File, StringComparison.Ordinal);
        Assert.Contains($"node {finding.Where.Node} is /layer.0/Gather: Gather", finding.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Views do not know for which node they are made: the lowering says it.</summary>
    [Fact]
    public void A_wrong_view_of_a_kernel_stands_at_its_node()
    {
        var lowering = new GraphLowering(new Dictionary<string, ILowering> { ["unary"] = new WrongLowering() });
        var found = Assert.Throws<TrnException>(() => lowering.Trace(Graph(), Chip.Load("trn2"), static name => throw new InvalidOperationException(name)));
        Assert.Equal(2, Assert.Single(found.Diagnostics).Where.Node);
    }

    [Fact]
    public void What_stops_compilation_names_the_node_too()
    {
        var graph = Graph();
        var found = Assert.Throws<TrnException>(() => NodeNotes.Named<int>(graph, () => throw Finding(2, 1)));
        Assert.EndsWith("\n    a.cs:2, node 1: other\n    node 2 is /b/Neg: Neg\n    node 1 is y = unary", found.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.BadInput, found.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_has_no_node_of_the_graph_stays_as_it_is(int node)
    {
        var thrown = Finding(node, 0);
        var found = Assert.Throws<TrnException>(() => NodeNotes.Named(Graph(), new Action(() => throw thrown)));
        Assert.Same(thrown, found);
    }

    [Fact]
    public void Warnings_name_their_nodes()
    {
        var warning = NodeNotes.Of(Graph(), Finding(2, 2).Diagnostics[0]);
        Assert.Equal(2, warning.Notes.Count);
        Assert.Equal("node 2 is /b/Neg: Neg", warning.Notes[1].Message);
    }

    /// <summary>Right for y, beyond the end for z.</summary>
    private sealed class WrongLowering : ILowering
    {
        public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
            _ = views.Output[node.Node.Outputs[0] == "z" ? 2 : 0];
    }

    private static TrnException Finding(int node, int other) => new(FailureKind.BadInput, Diagnostic.Error(
        GraphCodes.Operand, "wrong", new SourceSpan("a.cs", 1, node),
        new DiagnosticNote(new SourceSpan("a.cs", 2, other), "other")));

    private static ModelGraph Graph() => GraphText.Parse(
        "graph 1\ninput x fp32[2]\ny = unary(x) function=neg\nz = unary(y) function=neg  # /b/Neg: Neg\noutput z\n", "g");
}
