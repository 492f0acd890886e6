namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>One run of the host's steps.</summary>
internal sealed class HostRun(
    IReadOnlyDictionary<string, double[]> inputs, IReadOnlyDictionary<string, double[]> tensors)
{
    private readonly Dictionary<string, double[]> _steps = [];

    /// <summary>The values of an operand.</summary>
    public double[] this[HostOperand operand] => operand.Kind switch
    {
        HostKind.Constant => operand.Values!,
        HostKind.Input => inputs[operand.Name],
        HostKind.Step => _steps[operand.Name],
        _ => tensors[operand.Name],
    };

    /// <summary>Takes all steps of a graph.</summary>
    public void Run(HostGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            var operands = node.Inputs.Select(i => new OnnxTensor(i.Type, i.Shape, this[i])).ToArray();
            _steps[node.Output] = HostOps.Evaluate(node.Op, operands, node.Type, node.Shape, node.Attributes);
        }
    }
}
