namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>A node cannot be compiled; the importer turns it into one line of its report.</summary>
internal sealed class OnnxRefusal(FormattableString problem) : Exception(FormattableString.Invariant(problem));

/// <summary>A shape depends on values of inputs: the import starts over with them fixed, where they are
/// given.</summary>
internal sealed class StaticNeeded(IReadOnlyCollection<string> inputs, FormattableString problem)
    : Exception(FormattableString.Invariant(problem))
{
    /// <summary>Names of the model's inputs.</summary>
    public IReadOnlyCollection<string> Inputs { get; } = inputs;
}
