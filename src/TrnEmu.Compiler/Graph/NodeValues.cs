namespace TrnEmu.Compiler.Graph;

/// <summary>The values of a node's operands in fp64, row-major.</summary>
public sealed class NodeValues
{
    private readonly GraphCall _call;
    private readonly Dictionary<string, double[]> _tensors;

    internal NodeValues(GraphCall call, Dictionary<string, double[]> tensors) => (_call, _tensors) = (call, tensors);

    /// <summary>An operand that is given.</summary>
    public double[] this[string operand] => _tensors[_call.Tensor(operand)!];

    /// <summary>What the node makes: all zero at first, or the cache that it updates.</summary>
    public double[] Output => _tensors[_call.Node.Outputs[0]];

    /// <summary>The values of the last operand, of which there may be any number.</summary>
    public IEnumerable<double[]> All => _call.Tensors.Select(t => _tensors[t]);

    /// <summary>An operand that may be left out.</summary>
    public double[]? Find(string operand) => _call.Tensor(operand) is { } tensor ? _tensors[tensor] : null;
}
