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
    private readonly double _bound;
    private double _absolute;
    private double _relative;
    private string? _wrong;

    /// <summary>Nothing compared yet.</summary>
    public LogitsCheck(Decoder decoder)
    {
        _reference = new Interpreter(decoder.Model);
        _bound = ModelTolerance.Of(decoder.Model.Graph);
    }

    /// <summary>The comparison of all steps.</summary>
    public CheckResult Result => new(_absolute, _relative, _bound, _wrong);

    /// <summary>Runs the reference for a step and compares.</summary>
    public void Compare(int token, int position, ReadOnlySpan<float> logits)
    {
        _reference[Decoder.Token][0] = token;
        _reference[Decoder.Position][0] = position;
        _reference.Run();
        var expected = _reference[Decoder.Logits];
        var scale = Math.Max(expected.Max(Math.Abs), double.Epsilon);
        for (var i = 0; i < logits.Length; i++)
        {
            var error = Math.Abs(logits[i] - expected[i]);
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            _absolute = Math.Max(_absolute, error);
            _relative = Math.Max(_relative, error / scale);
            if (error > _bound * scale)
                _wrong ??= FormattableString.Invariant(
                    $"logit {i} at position {position} is {logits[i]:g7}, expected {expected[i]:g7}");
        }
    }
}
