using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Inference;

namespace TrnEmu.Generation;

/// <summary>
/// Compares the logits of each step with those of the fp64 interpreter, which is fed the same tokens (teacher forcing):
/// an early difference in a token would make all later logits incomparable.
/// </summary>
internal sealed class LogitsCheck
{
    private readonly Interpreter _reference;
    private readonly Comparison _comparison;

    /// <summary>Nothing compared yet.</summary>
    public LogitsCheck(Decoder decoder)
    {
        _reference = new Interpreter(decoder.Model);
        _comparison = new Comparison(ModelTolerance.Of(decoder.Model.Graph));
    }

    /// <summary>The comparison of all steps.</summary>
    public CheckResult Result => _comparison.Result;

    /// <summary>Runs the reference for a step and compares.</summary>
    public void Compare(int token, int position, ReadOnlySpan<float> logits)
    {
        _reference[Decoder.Token][0] = token;
        _reference[Decoder.Position][0] = position;
        _reference.Run();
        var values = new double[logits.Length];
        for (var i = 0; i < values.Length; i++) values[i] = logits[i];
        _comparison.Add(
            values, _reference[Decoder.Logits], i => FormattableString.Invariant($"logit {i} at position {position}"));
    }
}
