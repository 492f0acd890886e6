using TrnEmu.Core.Memory;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>An access pattern: see <see cref="PatternText"/>.</summary>
internal sealed class PatternCodec : IValueCodec
{
    /// <inheritdoc/>
    public string Kind => "a tensor";

    /// <inheritdoc/>
    public string? Example => null;

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => PatternText.Write((AccessPattern)value, line);

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var read = PatternReader.TryRead(line, Kind, out var pattern);
        value = pattern;
        return read;
    }
}
