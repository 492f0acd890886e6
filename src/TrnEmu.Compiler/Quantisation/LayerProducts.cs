using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>
/// Writes the products of a model with given matrices as linear nodes, so that what each of them reads is a tensor of
/// its own: layers of several products are taken apart, and matmul by a matrix is linear over the rows of all leading
/// dimensions. The model means the same; what was inside a layer is rounded to the type of its input.
/// </summary>
internal sealed class LayerProducts
{
    private readonly ModelGraph _source;
    private readonly HashSet<string> _matrices;
    private readonly HashSet<string> _names;
    private readonly GraphBuilder _graph = new();

    private LayerProducts(ModelGraph graph, IReadOnlyCollection<string> matrices)
    {
        (_source, _matrices) = (graph, [.. matrices]);
        _names = [.. graph.Tensors.Select(t => t.Name)];
    }

    /// <summary>The same model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="matrices">Names of constants.</param>
    public static Model Apply(Model model, IReadOnlyCollection<string> matrices) =>
        model with { Graph = new LayerProducts(model.Graph, matrices).Apply() };

    /// <summary>Those of the constants that nothing reads but linear nodes, as their w.</summary>
    public static HashSet<string> OnlyWeights(ModelGraph graph, IEnumerable<string> matrices)
    {
        var weights = matrices.ToHashSet();
        var w = GraphOp.All["linear"].IndexOf("w");
        foreach (var node in graph.Nodes)
            weights.ExceptWith(node.Inputs.Where((_, i) => node.Op != "linear" || i != w));
        return weights;
    }

    private ModelGraph Apply()
    {
        foreach (var tensor in _source.Tensors)
        {
            if (tensor.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache)
                _graph.Declare(tensor.Name, tensor.Type, tensor.Role);
        }

        foreach (var node in _source.Nodes) Add(node);
        foreach (var output in _source.Tensors.Where(t => t.Role == GraphRole.Output)) _graph.Output(output.Name);
        return _graph.Build();
    }

    private void Add(GraphNode node)
    {
        var call = new GraphCall(node, GraphOp.All[node.Op], name => _source[name].Type);
        switch (node.Op)
        {
            case "matmul" when IsMatrix(call, "b"): AddMatmul(call); break;
            case "gelu_mlp" when IsMatrix(call, "up") || IsMatrix(call, "down"): AddGeluMlp(call); break;
            case "swiglu_mlp" when IsMatrix(call, "gate") || IsMatrix(call, "up") || IsMatrix(call, "down"):
                AddSwigluMlp(call);
                break;
            default:
                _graph.Add(node.Outputs[0], node.Op, [.. node.Inputs], node.Attributes.Span, node.Source);
                break;
        }
    }

    private bool IsMatrix(GraphCall call, string operand) => _matrices.Contains(call.Tensor(operand)!);

    private void AddMatmul(GraphCall call)
    {
        var (node, a, columns) = (call.Node, call["a"], call["b"].Columns);
        if (a.IsMatrix)
        {
            Linear(call, node.Outputs[0], call.Tensor("a")!, "b");
            return;
        }

        int[] rows = [(int)(a.Elements / a.Columns), a.Columns];
        var flat = _graph.Add(
            New(call, "rows"), "reshape", [call.Tensor("a")!], [new("shape", rows.AsSpan())], node.Source);
        var product = Linear(call, New(call, "product"), flat, "b");
        int[] shape = [.. a.Shape.Take(a.Shape.Count - 1), columns];
        _graph.Add(node.Outputs[0], "reshape", [product], [new("shape", shape.AsSpan())], node.Source);
    }

    private void AddGeluMlp(GraphCall call)
    {
        var hidden = Inner(call, "hidden", "up", call.Word("activation"), call.Tensor("up_bias"));
        Linear(call, call.Node.Outputs[0], hidden, "down", call.Tensor("down_bias"), call.Tensor("residual"));
    }

    private void AddSwigluMlp(GraphCall call)
    {
        var gate = Inner(call, "gate", "gate", "silu");
        var up = Inner(call, "up", "up", "copy");
        var hidden = _graph.Add(New(call, "hidden"), "binary", [gate, up], [new("function", "mul")], call.Node.Source);
        Linear(call, call.Node.Outputs[0], hidden, "down", null, call.Tensor("residual"));
    }

    /// <summary>A first product of a layer, in the type of its input.</summary>
    private string Inner(GraphCall call, string name, string w, string activation, string? bias = null) => _graph.Add(
        New(call, name), "linear", Operands(call.Tensor("x")!, call.Tensor(w)!, bias),
        [new("activation", activation)], call.Node.Source);

    /// <summary>A last product, in the type of the node's result.</summary>
    private string Linear(
        GraphCall call, string output, string x, string w, string? bias = null, string? residual = null) => _graph.Add(
        output, "linear", Operands(x, call.Tensor(w)!, bias, residual), [new("dtype", call.Word("dtype"))],
        call.Node.Source);

    /// <summary>The operands; those that are left out at the end are not named.</summary>
    private static string[] Operands(params string?[] names) =>
        [.. names.Take(Array.FindLastIndex(names, n => n is not null) + 1).Select(n => n ?? "")];

    private string New(GraphCall call, string part)
    {
        var name = $"{call.Node.Outputs[0]}.{part}";
        while (!_names.Add(name)) name += "_";
        return name;
    }
}
