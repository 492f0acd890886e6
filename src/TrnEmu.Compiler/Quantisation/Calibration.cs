using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>Runs a model in fp64 and keeps the largest magnitudes that some of its tensors have in any run.</summary>
public sealed class Calibration
{
    private readonly Interpreter _interpreter;
    private readonly Dictionary<string, double> _largest;

    /// <summary>Nothing run yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensors">Names of those that are looked at.</param>
    public Calibration(Model model, IEnumerable<string> tensors)
    {
        _interpreter = new Interpreter(model);
        _largest = tensors.Distinct().ToDictionary(t => t, _ => 0.0);
    }

    /// <summary>Values of a tensor; those of inputs are for the caller to write before each run.</summary>
    public double[] this[string tensor] => _interpreter[tensor];

    /// <summary>The largest magnitude of a tensor in all runs; NaN where a value was.</summary>
    public double Largest(string tensor) => _largest[tensor];

    /// <summary>Runs all nodes on the inputs as they are.</summary>
    public void Run()
    {
        _interpreter.Run();
        foreach (var tensor in _largest.Keys)
        {
            foreach (var value in _interpreter[tensor]) _largest[tensor] = Math.Max(_largest[tensor], Math.Abs(value));
        }
    }

    /// <summary>Runs on given inputs by name.</summary>
    public void Run(IReadOnlyDictionary<string, double[]> inputs)
    {
        foreach (var (name, values) in inputs) values.CopyTo(_interpreter[name], 0);
        Run();
    }
}
