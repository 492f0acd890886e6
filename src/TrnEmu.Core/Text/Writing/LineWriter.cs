using System.Globalization;
using System.Text;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Writing;

/// <summary>Builds one line at a time; numbers are written the same in every culture.</summary>
internal sealed class LineWriter(Program program)
{
    private readonly StringBuilder _line = new();

    /// <summary>Characters of the line so far.</summary>
    public int Length => _line.Length;

    /// <summary>The tensor that a pattern addresses.</summary>
    public Tensor TensorOf(int id) => program.Tensors[id];

    /// <summary>Appends text.</summary>
    public LineWriter Append(ReadOnlySpan<char> text)
    {
        _line.Append(text);
        return this;
    }

    /// <summary>Appends a character.</summary>
    public LineWriter Append(char c)
    {
        _line.Append(c);
        return this;
    }

    /// <summary>Appends a whole number in decimal.</summary>
    public LineWriter Append(long number)
    {
        _line.Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    /// <summary>Appends a whole number as 0x…, lower case.</summary>
    public LineWriter AppendHex(long number)
    {
        _line.Append(CultureInfo.InvariantCulture, $"0x{number:x}");
        return this;
    }

    /// <summary>Appends numbers separated by commas.</summary>
    public LineWriter AppendJoined(ReadOnlySpan<int> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i > 0) _line.Append(',');
            Append(numbers[i]);
        }

        return this;
    }

    /// <summary>Appends words separated by commas.</summary>
    public LineWriter AppendJoined(IEnumerable<string> words)
    {
        _line.AppendJoin(',', words);
        return this;
    }

    /// <summary>Appends blanks up to a column, and at least <paramref name="atLeast"/>.</summary>
    public LineWriter PadTo(int column, int atLeast = 1)
    {
        _line.Append(' ', Math.Max(atLeast, column - _line.Length));
        return this;
    }

    /// <summary>The line so far, which is begun anew.</summary>
    public string Take()
    {
        var text = _line.ToString();
        _line.Clear();
        return text;
    }

    /// <summary>The line so far.</summary>
    public override string ToString() => _line.ToString();

    /// <summary>Writes the line without blanks at its end, and starts the next.</summary>
    public void End(TextWriter writer)
    {
        while (_line.Length > 0 && _line[^1] == ' ') _line.Length--;
        writer.Write(_line.Append('\n'));
        _line.Clear();
    }
}
