using TrnEmu.Core.Numerics;
using TrnEmu.Data;

namespace TrnEmu.Inference;

/// <summary>What a model gives, run by run, put together: runs along a first extent of 1, else a dimension more.</summary>
/// <param name="runs">How often the model runs.</param>
/// <param name="alongFirst">True when the runs lie along a first extent of 1.</param>
internal sealed class RunOutputs(int runs, bool alongFirst)
{
    private readonly Dictionary<string, (DType DType, int[] Shape, List<double> Numbers)> _outputs = [];

    /// <summary>All runs of each output.</summary>
    public IReadOnlyList<TensorData> All =>
    [
        .. _outputs.Select(o => TensorData.FromDoubles(
            o.Key, o.Value.DType, [.. ShapeOf(o.Value.Shape)], o.Value.Numbers.ToArray())),
    ];

    /// <summary>Adds the next run's values of an output.</summary>
    public void Add(string name, DType dtype, Values values)
    {
        if (!_outputs.TryGetValue(name, out var output)) _outputs[name] = output = (dtype, values.Shape, []);
        output.Numbers.AddRange(values.Numbers);
    }

    private int[] ShapeOf(int[] shape) => runs == 1 ? shape
        : alongFirst && shape is [1, ..] ? [runs, .. shape[1..]] : [runs, .. shape];
}
