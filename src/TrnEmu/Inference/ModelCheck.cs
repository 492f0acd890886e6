using TrnEmu.Compiler.Graph;

namespace TrnEmu.Inference;

/// <summary>Compares the outputs of each run of a graph with those of the fp64 interpreter on the same inputs.</summary>
internal sealed class ModelCheck(Model model)
{
    private readonly Interpreter _reference = new(model);
    private readonly Comparison _comparison = new(ModelTolerance.Of(model.Graph));

    /// <summary>The comparison of all runs.</summary>
    public CheckResult Result => _comparison.Result;

    /// <summary>Runs the reference on the inputs of a run and compares.</summary>
    public void Compare(
        IReadOnlyDictionary<string, double[]> inputs, IReadOnlyDictionary<string, double[]> outputs)
    {
        foreach (var (name, values) in inputs) values.CopyTo(_reference[name], 0);
        _reference.Run();
        foreach (var (name, values) in outputs)
            _comparison.Add(values, _reference[name], i => FormattableString.Invariant($"{name}[{i}]"));
    }
}
