using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Lowering;

/// <summary>The operands and the result of a node as tensors in HBM.</summary>
public sealed class NodeViews
{
    private readonly GraphCall _node;
    private readonly Dictionary<string, TensorView> _views;

    internal NodeViews(GraphCall node, Dictionary<string, TensorView> views) => (_node, _views) = (node, views);

    /// <summary>An operand that is given.</summary>
    public TensorView this[string operand] => _views[_node.Tensor(operand)!];

    /// <summary>The last operand, which may be given any number of times.</summary>
    public IReadOnlyList<TensorView> All => [.. _node.Tensors.Select(t => _views[t])];

    /// <summary>What the node makes, or the cache that it updates.</summary>
    public TensorView Output => _views[_node.Node.Outputs[0]];

    /// <summary>An operand that may be left out.</summary>
    public TensorView? Find(string operand) => _node.Tensor(operand) is { } tensor ? _views[tensor] : null;
}
