using TrnEmu.Core.Isa;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary><c>r3</c>.</summary>
internal sealed class RegisterCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "a register (r0, r1, …)";

    /// <inheritdoc/>
    public string Example => "r0";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => line.Append('r').Append(((Register)value).Number);

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var start = line.Column;
        var read = Numbered.TryParse(line.Word(), 'r', out var number);
        value = new Register(number);
        return read || line.Expected(Kind, start);
    }
}
