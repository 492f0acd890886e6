using System.Globalization;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Data;

namespace TrnEmu;

/// <summary>Compares what a run computed with its fp64 reference on the same inputs.</summary>
internal static class ReferenceCheck
{
    /// <summary>
    /// Every output element within <paramref name="tolerance"/> of the largest magnitude of its output.
    /// </summary>
    public static CheckResult Compare(
        Program program, Func<Tensor, TensorData> inputs, IEnumerable<TensorData> outputs,
        Action<ReferenceData> reference, double tolerance)
    {
        var data = new ReferenceData(program, t => inputs(t).ToDoubles());
        reference(data);
        var comparison = new Comparison(tolerance);
        foreach (var output in outputs)
            comparison.Add(output.ToDoubles(), data[output.Name], i => NameOf(output, i));
        return comparison.Result;
    }

    private static string NameOf(TensorData output, int index)
    {
        var position = new int[output.Shape.Count];
        for (var d = position.Length - 1; d >= 0; d--) (index, position[d]) = Math.DivRem(index, output.Shape[d]);
        return string.Create(CultureInfo.InvariantCulture, $"{output.Name}[{string.Join(',', position)}]");
    }
}
