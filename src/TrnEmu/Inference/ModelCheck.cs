using System.Globalization;
using TrnEmu.Compiler.Graph;

namespace TrnEmu.Inference;

/// <summary>Compares the outputs of each run of a graph with those of the fp64 interpreter on the same inputs.</summary>
internal sealed class ModelCheck(Model model)
{
    private readonly Interpreter _reference = new(model);
    private readonly double _bound = ModelTolerance.Of(model.Graph);
    private double _absolute;
    private double _relative;
    private string? _wrong;

    /// <summary>The comparison of all runs.</summary>
    public CheckResult Result => new(_absolute, _relative, _bound, _wrong);

    /// <summary>Runs the reference on the inputs of a run and compares.</summary>
    public void Compare(
        IReadOnlyDictionary<string, double[]> inputs, IReadOnlyDictionary<string, double[]> outputs)
    {
        foreach (var (name, values) in inputs) values.CopyTo(_reference[name], 0);
        _reference.Run();
        foreach (var (name, values) in outputs) Compare(name, values, _reference[name]);
    }

    private void Compare(string name, double[] values, double[] expected)
    {
        var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        if (scale == 0) scale = 1;
        for (var i = 0; i < values.Length; i++)
        {
            // Equals: NaN where NaN is expected, and the same infinity, are right.
            var error = values[i].Equals(expected[i]) ? 0 : Math.Abs(values[i] - expected[i]);
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            _absolute = Math.Max(_absolute, error);
            _relative = Math.Max(_relative, error / scale);
            if (error > _bound * scale)
                _wrong ??= string.Create(CultureInfo.InvariantCulture, $"{name}[{i}] is {values[i]:g9}, expected {expected[i]:g9}");
        }
    }
}
