using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// Computes a graph in fp64 by plain loops: what a model means, apart from any chip. Caches keep their values from run
/// to run and start at zero. Constants have the values that the model stores, rounded as they are there.
/// </summary>
public sealed class Interpreter
{
    private readonly ModelGraph _graph;
    private readonly Dictionary<string, double[]> _tensors = [];
    private readonly GraphCall[] _calls;

    /// <summary>Widens the constants; caches are zero.</summary>
    public Interpreter(Model model)
    {
        _graph = model.Graph;
        foreach (var tensor in _graph.Tensors)
        {
            _tensors.Add(tensor.Name, tensor.Role == GraphRole.Constant
                ? Widen(tensor.Type.DType, model.Constants[tensor.Name])
                : new double[tensor.Type.Elements]);
        }

        var types = _graph.Tensors.ToDictionary(t => t.Name, t => t.Type);
        _calls = [.. _graph.Nodes.Select(n => new GraphCall(n, GraphOp.All[n.Op], name => types[name]))];
    }

    /// <summary>Values of a tensor; those of inputs are for the caller to write.</summary>
    public double[] this[string tensor] => _tensors[tensor];

    /// <summary>Runs all nodes in order.</summary>
    public void Run()
    {
        foreach (var call in _calls)
        {
            if (call.Op.Updates is null) Array.Clear(_tensors[call.Node.Outputs[0]]);
            call.Op.Body.Evaluate(call, new NodeValues(call, _tensors));
        }
    }

    private static double[] Widen(DType dtype, byte[] bytes)
    {
        // fp32 holds integers up to 2^24 only.
        if (dtype == DType.Int32) return Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), static v => (double)v);
        if (dtype == DType.UInt32) return Array.ConvertAll(MemoryMarshal.Cast<byte, uint>(bytes).ToArray(), static v => (double)v);
        var singles = new float[bytes.Length / dtype.Size()];
        Conversions.Widen(dtype, bytes, singles);
        return Array.ConvertAll(singles, static v => (double)v);
    }
}
