using System.Numerics;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>A whole number of type <typeparamref name="T"/>, decimal or 0x….</summary>
internal sealed class IntegerCodec<T> : IValueCodec
    where T : IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public string Kind => "a whole number";

    /// <inheritdoc/>
    public string Example => "1";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => line.Append(long.CreateChecked((T)value));

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var read =
            line.TryInteger(Kind, long.CreateChecked(T.MinValue), long.CreateChecked(T.MaxValue), out var number);
        value = T.CreateTruncating(number);
        return read;
    }
}
