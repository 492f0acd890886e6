using System.Text.Json;

namespace TrnEmu.Reports.Html.Data;

/// <summary>Things by number, in the order in which they came.</summary>
internal sealed class Numbering<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];

    /// <summary>All of them.</summary>
    public IEnumerable<T> All => _numbers.Keys;

    /// <summary>The number of one.</summary>
    public int Of(T thing)
    {
        if (!_numbers.TryGetValue(thing, out var number)) _numbers.Add(thing, number = _numbers.Count);
        return number;
    }
}

/// <summary>Lists of texts in JSON.</summary>
internal static class TextLists
{
    /// <summary>Writes a property: a list of texts.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
