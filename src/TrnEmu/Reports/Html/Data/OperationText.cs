using System.Buffers;
using System.Globalization;
using System.Text;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;

namespace TrnEmu.Reports.Html.Data;

/// <summary>
/// The operands of operations as the text form writes them, with the numbers taken out: operations of a loop have the
/// same words and differ in a few numbers. For each operation its words, then which numbers differ from those of the
/// last operation with these words (a bit each, seven to a byte), then the differences.
/// </summary>
internal sealed class OperationText(Program program)
{
    /// <summary>Stands for a number in the words.</summary>
    public const char Mark = '\u0001';

    private const int MostDigits = 15;
    private const int Bits = 7;

    private readonly ArgumentText _arguments = new(program);
    private readonly ArrayBufferWriter<byte> _numbers = new(1 << 16);
    private readonly Dictionary<string, Words> _words = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _template = new();
    private readonly List<long> _found = [];

    /// <summary>The words of all operations so far.</summary>
    public IEnumerable<string> Templates => _words.Keys;

    /// <summary>The numbers of all operations so far.</summary>
    public ReadOnlySpan<byte> Numbers => _numbers.WrittenSpan;

    /// <summary>Adds an operation; gives the number of its words.</summary>
    public int Add(Operation operation)
    {
        _text.Clear();
        foreach (var (name, text) in _arguments.Of(operation))
        {
            if (_text.Length > 0) _text.Append('\n');
            _text.Append(name).Append('=').Append(text);
        }

        Split(_text.ToString());
        var template = _template.ToString();
        if (!_words.TryGetValue(template, out var words))
            _words.Add(template, words = new Words(_words.Count, new long[_found.Count]));
        Write(words.Last);
        return words.Number;
    }

    private void Split(string text)
    {
        _template.Clear();
        _found.Clear();
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == i || end - i > MostDigits || (text[i] == '0' && end - i > 1))
            {
                end = Math.Max(end, i + 1);
                foreach (var c in text.AsSpan(i, end - i)) _template.Append(c == Mark ? '\uFFFD' : c);
            }
            else
            {
                _found.Add(long.Parse(text.AsSpan(i, end - i), CultureInfo.InvariantCulture));
                _template.Append(Mark);
            }

            i = end;
        }
    }

    private void Write(long[] last)
    {
        for (var first = 0; first < last.Length; first += Bits)
        {
            byte mask = 0;
            for (var n = first; n < Math.Min(first + Bits, last.Length); n++)
            {
                if (_found[n] != last[n]) mask |= (byte)(1 << (n - first));
            }

            _numbers.Write([mask]);
        }

        for (var n = 0; n < last.Length; n++)
        {
            if (_found[n] == last[n]) continue;
            ColumnCoder.Number(_found[n] - last[n], _numbers);
            last[n] = _found[n];
        }
    }

    private sealed record Words(int Number, long[] Last);
}
