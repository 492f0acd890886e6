using TrnEmu.Core.Isa;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>An immediate number, or the access pattern of a column.</summary>
internal sealed class ScalarOperandCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "a number or a tensor";

    /// <inheritdoc/>
    public string Example => "1";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line)
    {
        var operand = (ScalarOperand)value;
        if (operand.Column is { } column) PatternText.Write(column, line);
        else if (ScalarOperand.IsWord(operand.Immediate)) NumberCodec<double>.Write(operand.Immediate, line);
        else NumberCodec<float>.Write(operand.Value, line);
    }

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        if (line.AtNumber())
        {
            var start = line.Column;
            var read = NumberCodec<float>.TryRead(line, Kind, out var rounded);
            var exact = (double)rounded;
            if (rounded is >= int.MinValue and <= uint.MaxValue)
            {
                // An integer may have more digits than fp32 keeps.
                line.Back(start);
                NumberCodec<double>.TryRead(line, Kind, out exact);
            }

            value = new ScalarOperand(ScalarOperand.IsWord(exact) ? exact : rounded, null);
            return read;
        }

        var ok = PatternReader.TryRead(line, Kind, out var pattern);
        value = new ScalarOperand(0, pattern);
        return ok;
    }

    /// <inheritdoc/>
    public bool Same(object? left, object? right) =>
        Equals(left, right) && (left is not ScalarOperand x || right is not ScalarOperand y
            || float.IsNegative(x.Value) == float.IsNegative(y.Value) || float.IsNaN(x.Value));
}
