using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Inference;

/// <summary>
/// The inputs that the user gives, for one run or for several: an array with one dimension more than the model's input,
/// or with a larger first extent where the model's is 1, holds one run for each leading index.
/// </summary>
internal sealed class RunInputs
{
    private readonly Dictionary<string, Values[]> _inputs = [];

    /// <summary>Sorts out which arrays hold several runs.</summary>
    /// <param name="given">Arrays by the names of inputs.</param>
    /// <param name="declared">Extents of the model's inputs; null for those that are not fixed.</param>
    /// <exception cref="TrnException">TRN1004: arrays for other numbers of runs.</exception>
    public RunInputs(IReadOnlyDictionary<string, Values> given, IReadOnlyDictionary<string, int?[]> declared)
    {
        string? first = null;
        foreach (var (name, values) in given)
        {
            var runs = declared.TryGetValue(name, out var extents) ? Split(values, extents) : [values];
            _inputs.Add(name, runs);
            if (runs.Length == 1) continue;
            if (first is not null && Runs != runs.Length)
                throw Bad($"input {name} has {runs.Length} runs, {first} has {Runs}, expected as many");
            (first, Runs) = (name, runs.Length);
        }
    }

    /// <summary>How often the model runs.</summary>
    public int Runs { get; private set; } = 1;

    /// <summary>True when runs lie along a first extent of 1, and not along a dimension of their own.</summary>
    public bool AlongFirst { get; private set; }

    /// <summary>The inputs of a run.</summary>
    public IReadOnlyDictionary<string, Values> this[int run] =>
        _inputs.ToDictionary(i => i.Key, i => i.Value[i.Value.Length > 1 ? run : 0]);

    private Values[] Split(Values values, int?[] declared)
    {
        var shape = values.Shape;
        if (shape.Length == declared.Length + 1)
            return [.. Enumerable.Range(0, shape[0]).Select(i => values.Part(i, shape[1..]))];
        if (shape.Length == 0 || shape.Length != declared.Length || declared[0] != 1 || shape[0] <= 1) return [values];
        AlongFirst = true;
        return [.. Enumerable.Range(0, shape[0]).Select(i => values.Part(i, [1, .. shape[1..]]))];
    }

    private static TrnException Bad(FormattableString message) => new(
        FailureKind.BadInput, Diagnostic.Error(FunctionRun.Input, FormattableString.Invariant(message), SourceSpan.None));
}
