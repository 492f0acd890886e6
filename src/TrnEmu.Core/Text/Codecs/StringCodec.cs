using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>A string in double quotes; \" \\ and \uXXXX for what cannot stand in a line.</summary>
internal sealed class StringCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "a string in double quotes";

    /// <inheritdoc/>
    public string Example => "\"\"";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => line.Append(QuotedText.Quote((string)value));

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var start = line.Column;
        value = QuotedText.TryTake(line);
        return value is not null || line.Expected(Kind, start);
    }
}
