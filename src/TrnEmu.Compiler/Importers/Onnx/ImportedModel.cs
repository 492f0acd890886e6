using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>An ONNX model as our graph, and what the host does before and after it.</summary>
public sealed record ImportedModel
{
    /// <summary>What the chip computes.</summary>
    public required Model Model { get; init; }

    /// <summary>Steps of the host on inputs.</summary>
    public required HostGraph Before { get; init; }

    /// <summary>Steps of the host on results.</summary>
    public required HostGraph After { get; init; }

    /// <summary>Inputs of the model.</summary>
    public required IReadOnlyList<ModelPort> Inputs { get; init; }

    /// <summary>Outputs of the model.</summary>
    public required IReadOnlyList<ModelPort> Outputs { get; init; }

    /// <summary>The model's file, for messages.</summary>
    public required string File { get; init; }

    /// <summary>What each input of the graph holds.</summary>
    internal IReadOnlyDictionary<string, HostOperand> Fed { get; init; } = null!;

    /// <summary>Where each output of the model is found.</summary>
    internal IReadOnlyList<HostOperand> Finals { get; init; } = null!;

    /// <summary>Values of inputs that were fixed while importing.</summary>
    internal IReadOnlyDictionary<string, double[]> Fixed { get; init; } = null!;

    /// <summary>Values of the graph's inputs by tensor, from those of the model's inputs by name.</summary>
    /// <exception cref="TrnEmu.Core.Diagnostics.TrnException">An input is missing, has another number of elements, is
    /// beyond the range of its carrier or differs from what was fixed.</exception>
    public Dictionary<string, double[]> Feed(IReadOnlyDictionary<string, double[]> inputs)
    {
        Check(inputs);
        var host = new HostRun(inputs, new Dictionary<string, double[]>());
        host.Run(Before);
        return Fed.ToDictionary(f => f.Key, f => host[f.Value]);
    }

    /// <summary>Values of the model's outputs by name, from those of the graph's outputs by tensor.</summary>
    public Dictionary<string, double[]> Results(
        IReadOnlyDictionary<string, double[]> graphOutputs, IReadOnlyDictionary<string, double[]> inputs)
    {
        var host = new HostRun(inputs, graphOutputs);
        host.Run(Before);
        host.Run(After);
        return Outputs.Zip(Finals).ToDictionary(p => p.First.Name, p => host[p.Second]);
    }

    private void Check(IReadOnlyDictionary<string, double[]> inputs)
    {
        foreach (var port in Inputs)
        {
            if (!inputs.TryGetValue(port.Name, out var values)) throw Bad(port, $"is not given");
            if (values.Length != Shapes.Count([.. port.Shape]))
                throw Bad(port, $"has {values.Length} elements, expected [{string.Join(',', port.Shape)}]");
            if (Fixed.TryGetValue(port.Name, out var known) && !known.SequenceEqual(values))
                throw Bad(port, $"differs from the values that were given for compiling, which decided shapes");
            var dtype = port.Type.Carrier(DType.Fp32);
            if (dtype is not (DType.Int32 or DType.UInt32) || port.Tensor is null) continue;
            var (low, high) = dtype == DType.UInt32 ? (0.0, uint.MaxValue) : (int.MinValue, int.MaxValue);
            var bad = Array.FindIndex(values, v => !(v >= low && v <= high));
            if (bad >= 0) throw Bad(port, $"has {values[bad]} at element {bad}: {port.Type.Name()} is carried as {dtype.Value.Name()}");
        }
    }

    private Core.Diagnostics.TrnException Bad(ModelPort port, FormattableString problem) => OnnxErrors.Bad(
        File, OnnxCodes.Input, $"input {OnnxErrors.Shown(port.Name)} {FormattableString.Invariant(problem)}");
}

/// <summary>An input or output of a model.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Type">As in the file.</param>
/// <param name="Shape">Extents, from 0 on.</param>
/// <param name="Tensor">The tensor of our graph, or null where the chip has none: constant, unused, or the
/// host's.</param>
public sealed record ModelPort(string Name, OnnxType Type, IReadOnlyList<int> Shape, string? Tensor);
