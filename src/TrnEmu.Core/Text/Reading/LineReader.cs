using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Text.Reading;

/// <summary>
/// The scanner: walks a text line by line and gives the words, numbers and signs of each line. A method that starts
/// with Try, Take or Expected returns false when it reported an error (Try: or found nothing); the caller then gives up
/// the line.
/// </summary>
internal sealed partial class LineReader(string text, string file)
{
    private readonly Suggestions _suggestions = new();
    private string _file = "";
    private int _next;
    private int _start;
    private int _at;
    private int _end;
    private int _commentEnd;

    /// <summary>Errors of the text so far.</summary>
    public ErrorList Errors { get; } = new(file);

    /// <summary>Tensors declared so far.</summary>
    public TensorTable Tensors { get; } = new();

    /// <summary>Cores of the program.</summary>
    public int Cores { get; set; } = 1;

    /// <summary>The line's number, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Position of the next character that is no blank, for messages.</summary>
    public int Column
    {
        get
        {
            while (_at < _end && text[_at] is ' ' or '\t' or '\r') _at++;
            return _at;
        }
    }

    /// <summary>True when nothing but blanks is left before the comment.</summary>
    public bool IsAtEnd => Column >= _end;

    /// <summary>The next character that is no blank; '\0' at the end.</summary>
    private char Peek => IsAtEnd ? '\0' : text[_at];

    /// <summary>Goes to the next line that has more than a comment; false at the end of the text.</summary>
    public bool NextLine()
    {
        while (_next < text.Length)
        {
            Line++;
            _start = _at = _next;
            var newline = text.IndexOf('\n', _start);
            _commentEnd = newline < 0 ? text.Length : newline;
            _next = _commentEnd + 1;
            _end = CommentStart();
            if (!IsAtEnd) return true;
        }

        return false;
    }

    /// <summary>The source that the line's comment names; none when there is no such comment.</summary>
    public SourceSpan Span()
    {
        if (_end >= _commentEnd) return SourceSpan.None;
        var comment = text.AsSpan(_end + 1, _commentEnd - _end - 1);
        return SpanText.TryParse(comment, ref _file, out var span) ? span : SourceSpan.None;
    }

    /// <summary>This line of the text itself.</summary>
    public SourceSpan Here => new(file, Line);

    /// <summary>Letters, digits, '_' and '.'; empty when something else is next.</summary>
    public ReadOnlySpan<char> Word()
    {
        var start = Column;
        while (_at < _end && Names.IsWordCharacter(text[_at])) _at++;
        return text.AsSpan(start, _at - start);
    }

    /// <summary>The next word without taking it.</summary>
    public ReadOnlySpan<char> PeekWord()
    {
        var start = Column;
        var word = Word();
        _at = start;
        return word;
    }

    /// <summary>
    /// Takes the word when it is next and no pattern follows it (which would make it a tensor's name).
    /// </summary>
    public bool TryKeyword(string keyword)
    {
        var start = Column;
        if (Word().SequenceEqual(keyword) && (_at >= _end || text[_at] is not ('[' or '+' or '-'))) return true;
        _at = start;
        return false;
    }

    /// <summary>True when '+' or '-' is next.</summary>
    public bool AtSign() => Peek is '+' or '-';

    /// <summary>Goes back to a position of this line.</summary>
    public void Back(int position) => _at = position;

    /// <summary>True when a number is next, nan and inf included.</summary>
    public bool AtNumber()
    {
        if (char.IsAsciiDigit(Peek) || AtSign()) return true;
        var start = _at;
        var isNumber = TryKeyword("nan") || TryKeyword("inf");
        _at = start;
        return isNumber;
    }

    /// <summary>The characters of a number: sign, digits, '.', exponent with its sign; or a word.</summary>
    public ReadOnlySpan<char> NumberText()
    {
        var start = Column;
        if (_at < _end && text[_at] is '+' or '-') _at++;
        while (_at < _end && (Names.IsWordCharacter(text[_at]) || IsExponentSign(start))) _at++;
        return text.AsSpan(start, _at - start);
    }

    /// <summary>The text between double quotes, escapes and all; false when there is none or it does not end.</summary>
    public bool TryQuoted(out ReadOnlySpan<char> raw)
    {
        raw = default;
        if (Peek != '"') return false;
        var start = _at + 1;
        var end = start;
        while (end < _end && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        if (end >= _end) return false;
        raw = text.AsSpan(start, end - start);
        _at = end + 1;
        return true;
    }

    /// <summary>Takes the sign when it is next.</summary>
    public bool TryTake(char sign)
    {
        if (Peek != sign) return false;
        _at++;
        return true;
    }

    private bool IsExponentSign(int start) =>
        text[_at] is '+' or '-' && _at > start && text[_at - 1] is 'e' or 'E' && StartsWithDigit(start);

    private bool StartsWithDigit(int start) => char.IsAsciiDigit(text[text[start] is '+' or '-' ? start + 1 : start]);

    private int CommentStart()
    {
        var hash = text.AsSpan(_start, _commentEnd - _start).IndexOf('#');
        if (hash < 0) return _commentEnd;
        var isQuoted = false;
        for (var i = _start; i < _commentEnd; i++)
        {
            if (text[i] == '"') isQuoted = !isQuoted;
            else if (text[i] == '\\' && isQuoted) i++;
            else if (text[i] == '#' && !isQuoted) return i;
        }

        return _commentEnd;
    }
}
