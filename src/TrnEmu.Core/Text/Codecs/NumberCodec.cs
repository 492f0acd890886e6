using System.Globalization;
using System.Numerics;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>
/// A binary floating-point number: the shortest decimals that give the same bits back, or nan, inf, -inf. All NaN are
/// one value.
/// </summary>
internal sealed class NumberCodec<T> : IValueCodec
    where T : struct, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public string Kind => "a number";

    /// <inheritdoc/>
    public string Example => "1";

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) => Write((T)value, line);

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var read = TryRead(line, Kind, out var number);
        value = number;
        return read;
    }

    /// <summary>Zero and minus zero are equal, but not the same.</summary>
    public bool Same(object? left, object? right) =>
        Equals(left, right) && (left is not T x || right is not T y || T.IsNegative(x) == T.IsNegative(y) || T.IsNaN(x));

    /// <summary>Appends a number.</summary>
    public static void Write(T value, LineWriter line)
    {
        if (T.IsNaN(value)) line.Append("nan");
        else if (T.IsInfinity(value)) line.Append(T.IsNegative(value) ? "-inf" : "inf");
        else line.Append(value.ToString(null, CultureInfo.InvariantCulture));
    }

    /// <summary>Reads a number; a finite one that the type cannot hold is an error.</summary>
    public static bool TryRead(LineReader line, string expected, out T value)
    {
        var start = line.Column;
        var text = line.NumberText();
        value = default;
        switch (text)
        {
            case "nan":
                value = T.NaN;
                return true;
            case "inf" or "+inf":
                value = T.PositiveInfinity;
                return true;
            case "-inf":
                value = T.NegativeInfinity;
                return true;
        }

        if (!StartsWithDigit(text)
            || !T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return line.Expected(expected, start);
        }

        if (T.IsFinite(value)) return true;
        var largest = T.MaxValue.ToString(null, CultureInfo.InvariantCulture);
        return line.Limit($"number `{LineReader.Shown(text)}` is beyond {largest}; write inf for infinity", start);
    }

    private static bool StartsWithDigit(ReadOnlySpan<char> text) =>
        text is [>= '0' and <= '9', ..] or ['+' or '-', >= '0' and <= '9', ..];
}
