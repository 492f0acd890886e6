using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>A member of an enumeration by its name in snake_case.</summary>
internal sealed class EnumCodec : IValueCodec
{
    private const int NamesShown = 4;
    private readonly Dictionary<object, string> _names = [];
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly string _expected;

    /// <summary>The members of <paramref name="type"/>, named by <paramref name="name"/>.</summary>
    /// <param name="type">The enumeration.</param>
    /// <param name="title">"a dtype", or "one of" where the type has no word of its own.</param>
    /// <param name="name">Name of a member in texts.</param>
    public EnumCodec(Type type, string title, Func<object, string> name)
    {
        foreach (var value in Enum.GetValues(type))
        {
            _names[value] = name(value);
            _values[_names[value]] = value;
        }

        _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        var shown = string.Join(", ", _values.Keys.Take(NamesShown)) + (_values.Count > NamesShown ? ", …" : "");
        _expected = title == "one of" ? $"one of {shown}" : $"{title} ({shown})";
        Kind = $"one of {string.Join(", ", _values.Keys)}";
    }

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public string Example => _values.Keys.First();

    /// <inheritdoc/>
    public void Write(object value, LineWriter line) =>
        line.Append(_names.TryGetValue(value, out var name) ? name : value.ToString()!);

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        var start = line.Column;
        var word = line.Word();
        return _lookup.TryGetValue(word, out value) || line.ExpectedName(_expected, word, _values.Keys, start);
    }
}
