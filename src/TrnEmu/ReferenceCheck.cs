using System.Globalization;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Isa;
using TrnEmu.Data;

namespace TrnEmu;

/// <summary>Compares what a run computed with its fp64 reference on the same inputs.</summary>
internal static class ReferenceCheck
{
    /// <summary>
    /// Every output element within <paramref name="tolerance"/> of the largest magnitude of its output.
    /// </summary>
    public static CheckResult Compare(
        Program program, Dictionary<string, TensorData> inputs, IEnumerable<TensorData> outputs,
        Action<ReferenceData> reference, double tolerance)
    {
        var data = new ReferenceData(program, t => inputs[t.Name].ToDoubles());
        reference(data);
        double absolute = 0, relative = 0;
        string? wrong = null;
        foreach (var output in outputs)
        {
            var values = output.ToDoubles();
            var expected = data[output.Name];
            var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
            if (scale == 0) scale = 1;
            for (var i = 0; i < values.Length; i++)
            {
                // Equals: NaN where NaN is expected, and the same infinity, are right.
                var error = values[i].Equals(expected[i]) ? 0 : Math.Abs(values[i] - expected[i]);
                if (double.IsNaN(error)) error = double.PositiveInfinity;
                absolute = Math.Max(absolute, error);
                relative = Math.Max(relative, error / scale);
                if (error > tolerance * scale) wrong ??= Describe(output, i, values[i], expected[i]);
            }
        }

        return new CheckResult(absolute, relative, tolerance, wrong);
    }

    private static string Describe(TensorData output, int index, double value, double expected)
    {
        var position = new int[output.Shape.Count];
        for (var d = position.Length - 1; d >= 0; d--) (index, position[d]) = Math.DivRem(index, output.Shape[d]);
        return string.Create(CultureInfo.InvariantCulture, $"{output.Name}[{string.Join(',', position)}] is {value:g9}, expected {expected:g9}");
    }
}
