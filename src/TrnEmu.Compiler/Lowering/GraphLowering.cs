using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Lowering;

/// <summary>
/// Turns a graph into one trace: every tensor of the graph is one in HBM of the same name, every node the operations of
/// one kernel. Caches are updated in place; constants are named by their place in the file beside the program.
/// </summary>
public sealed class GraphLowering(IReadOnlyDictionary<string, ILowering> lowerings)
{
    /// <summary>Operations that a trace may have.</summary>
    public long MaxOperations { get; init; } = 20_000_000;

    /// <summary>The trace of a graph on a chip.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="chip">The chip that the kernels are made for.</param>
    /// <param name="constants">Where the bytes of each constant are.</param>
    /// <exception cref="TrnException">TRN1414: every node that no kernel computes.</exception>
    public Program Trace(ModelGraph graph, Chip chip, Func<string, TensorContent> constants)
    {
        CheckNodes(graph);
        var k = new KernelBuilder(chip) { MaxOperations = MaxOperations };
        var aliases = Aliases(graph);
        var views = graph.Tensors.Where(t => !aliases.ContainsKey(t.Name))
            .ToDictionary(t => t.Name, t => Declare(k, t, constants));
        var types = graph.Tensors.ToDictionary(t => t.Name, t => t.Type);
        foreach (var node in graph.Nodes)
        {
            k.Node++;
            if (aliases.TryGetValue(node.Outputs[0], out var original))
            {
                views.Add(node.Outputs[0], views[original].Reshape(HbmShape(types[node.Outputs[0]])));
                continue;
            }

            var call = new GraphCall(node, GraphOp.All[node.Op], name => types[name]);
            Emit(k, call, new NodeViews(call, views));
        }

        return k.Build();
    }

    /// <summary>Records a node; views do not know theirs, so what they find gets its number here.</summary>
    private void Emit(KernelBuilder k, GraphCall call, NodeViews views)
    {
        try
        {
            lowerings[call.Op.Name].Emit(k, call, views);
        }
        catch (TrnException e) when (e.Diagnostics.Any(d => d.Where.Node == 0))
        {
            throw new TrnException(
                e.Kind, [.. e.Diagnostics.Select(d => d with { Where = d.Where with { Node = k.Node } })]);
        }
    }

    /// <summary>What is another view of a tensor, with that tensor: results that nobody outside reads.</summary>
    private static Dictionary<string, string> Aliases(ModelGraph graph)
    {
        var inside = graph.Tensors.Where(t => t.Role == GraphRole.Internal).Select(t => t.Name).ToHashSet();
        return graph.Nodes.Where(n => GraphOp.All[n.Op].Body.IsAlias && inside.Contains(n.Outputs[0]))
            .ToDictionary(n => n.Outputs[0], n => n.Inputs[0]);
    }

    /// <summary>Extents in HBM, where one number is an array of one.</summary>
    private static int[] HbmShape(TensorType type) => type.Shape.Count == 0 ? [1] : [.. type.Shape];

    private static TensorView Declare(KernelBuilder k, GraphTensor tensor, Func<string, TensorContent> constants)
    {
        var (name, dtype) = (tensor.Name, tensor.Type.DType);
        var shape = HbmShape(tensor.Type);
        return tensor.Role switch
        {
            // Index 0 is an index of every table, so a program can run before anybody gives its inputs.
            GraphRole.Input =>
                k.Input(name, dtype, shape, dtype.IsInteger() ? new TensorContent(ContentKind.Zeros) : null),
            GraphRole.Constant => k.Constant(name, dtype, shape, constants(name)),
            GraphRole.Cache => k.InOut(name, dtype, shape, new TensorContent(ContentKind.Zeros)),
            GraphRole.Output => k.Output(name, dtype, shape),
            _ => k.Hbm(name, dtype, shape),
        };
    }

    private void CheckNodes(ModelGraph graph)
    {
        var missing = graph.Nodes.Where(n => !lowerings.ContainsKey(n.Op)).Select(n => Diagnostic.Error(
            GraphCodes.NoLowering, $"no kernel computes {n.Op}, which {n.Outputs[0]} ({n.Source}) needs",
            SourceSpan.None));
        TrnException.ThrowIfErrors(FailureKind.BadInput, [.. missing]);
    }
}
