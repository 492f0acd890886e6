using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>A whole number, or a register: <c>-3</c>, <c>r3</c>.</summary>
internal sealed class IntegerOperandCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "a whole number or a register";

    /// <inheritdoc/>
    public string Example => "1";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line)
    {
        var operand = (IntegerOperand)value;
        if (operand.Register is { } register) line.Append('r').Append(register.Number);
        else line.Append(operand.Value);
    }

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        if (Numbered.TryParse(line.PeekWord(), 'r', out var number))
        {
            line.Word();
            value = (IntegerOperand)new Register(number);
            return true;
        }

        var read = line.TryInteger(Kind, int.MinValue, int.MaxValue, out var immediate);
        value = (IntegerOperand)(int)immediate;
        return read;
    }
}
