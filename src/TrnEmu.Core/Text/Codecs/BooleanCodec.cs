using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "true or false";

    /// <inheritdoc/>
    public string Example => "true";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => line.Append((bool)value ? "true" : "false");

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var start = line.Column;
        var word = line.Word();
        value = word is "true";
        return word is "true" or "false" || line.Expected(Kind, start);
    }
}
