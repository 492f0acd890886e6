using System.Globalization;
using System.Text;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Text.Reading;

/// <summary>What must come next, and the error when it does not.</summary>
internal sealed partial class LineReader
{
    private const int LongestShown = 40;
    private const int FewDigits = 18;

    /// <summary>Takes the sign, or reports that it is missing.</summary>
    public bool Take(char sign, string? expected = null) => TryTake(sign) || Expected(expected ?? $"`{sign}`", Column);

    /// <summary>Reads a whole number, decimal or 0x…, in a range.</summary>
    /// <param name="expected">What it is: "a seed".</param>
    /// <param name="min">Smallest.</param>
    /// <param name="max">Largest.</param>
    /// <param name="number">The number.</param>
    public bool TryInteger(string expected, long min, long max, out long number)
    {
        var start = Column;
        var digits = NumberText();
        var word = digits;
        number = 0;
        var isNegative = digits is ['-', ..];
        if (digits is ['-' or '+', ..]) digits = digits[1..];
        var isHex = digits is ['0', 'x', _, ..];
        if (isHex) digits = digits[2..];
        if (digits.IsEmpty || digits.ContainsAnyExcept(isHex ? "0123456789abcdefABCDEF" : "0123456789"))
            return Expected(expected, start);
        if (digits.Length <= FewDigits && !isHex)
        {
            number = isNegative ? -Decimal(digits) : Decimal(digits);
            if (number >= min && number <= max) return true;
        }

        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (UInt128.TryParse(digits, style, CultureInfo.InvariantCulture, out var magnitude) && magnitude <= (UInt128)1 << 63)
        {
            var value = isNegative ? -(Int128)magnitude : (Int128)magnitude;
            if (value >= min && value <= max)
            {
                number = (long)value;
                return true;
            }
        }

        return Limit(string.Create(
            CultureInfo.InvariantCulture, $"`{Shown(word)}` is out of range for {expected}: {min} to {max}"), start);
    }

    /// <summary>Reads whole numbers in brackets, separated by commas; there may be none.</summary>
    public bool TryIntegers(char open, char close, string expected, int min, int most, out int[] numbers)
    {
        numbers = [];
        if (!Take(open)) return false;
        var list = new List<int>();
        while (!TryTake(close))
        {
            if (list.Count > 0 && !Take(',', $"`,` or `{close}`")) return false;
            if (list.Count == most) return Limit(FormattableString.Invariant($"more than {most} numbers"), Column);
            if (!TryInteger(expected, min, int.MaxValue, out var number)) return false;
            list.Add((int)number);
        }

        numbers = [.. list];
        return true;
    }

    /// <summary>Reports what should be at a position, and what is; false.</summary>
    public bool Expected(string expected, int position) =>
        Fail(TextCodes.Syntax, $"expected {expected}, found {Found(position)}", position);

    /// <summary>Reports a word that should be one of several names; false.</summary>
    public bool ExpectedName(string expected, ReadOnlySpan<char> word, IEnumerable<string> names, int position)
    {
        var suggestion = _suggestions.For(word, names);
        var code = word.IsEmpty ? TextCodes.Syntax : TextCodes.Unknown;
        return Fail(code, $"expected {expected}, found {Found(position)}{suggestion}", position);
    }

    /// <summary>Reports a number or size that is too large or small; false.</summary>
    public bool Limit(string message, int position) => Fail(TextCodes.Limit, message, position);

    /// <summary>Reports an error at a position of this line; false.</summary>
    public bool Fail(DiagnosticCode code, string message, int position)
    {
        Errors.Add(code, string.Create(CultureInfo.InvariantCulture, $"column {position - _start + 1}: {message}"), Line);
        return false;
    }

    /// <summary>Text of the user in a message: shortened, without control characters.</summary>
    public static string Shown(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder();
        foreach (var c in text[..Math.Min(text.Length, LongestShown)])
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) shown.Append(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
            else shown.Append(c);
        }

        return shown.Append(text.Length > LongestShown ? "…" : "").ToString();
    }

    private static long Decimal(ReadOnlySpan<char> digits)
    {
        long number = 0;
        foreach (var digit in digits) number = 10 * number + (digit - '0');
        return number;
    }

    private string Found(int position)
    {
        if (position >= _end) return "the end of the line";
        var end = position;
        if (text[end] is '+' or '-') end++;
        while (end < _end && Names.IsWordCharacter(text[end])) end++;
        return $"`{Shown(text.AsSpan(position, Math.Max(1, end - position)))}`";
    }
}
