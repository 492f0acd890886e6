using System.Text.Json;

namespace TrnEmu.Compiler.Json;

/// <summary>A value of a JSON text with its line.</summary>
/// <param name="Kind">StartObject, StartArray, String, Number, True, False or Null.</param>
/// <param name="Line">Line in the file, from 1.</param>
internal sealed record JsonItem(JsonTokenType Kind, int Line)
{
    /// <summary>Members of an object in the order of the text, no name twice.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonItem>> Members { get; init; } = [];

    /// <summary>Elements of an array.</summary>
    public IReadOnlyList<JsonItem> Items { get; init; } = [];

    /// <summary>Text of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>Value of a number; infinite when it exceeds a double.</summary>
    public double Number { get; init; }

    /// <summary>Value of a number that is written as a whole one and fits; else null.</summary>
    public long? Integer { get; init; }

    /// <summary>True for an object.</summary>
    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>True for an array.</summary>
    public bool IsArray => Kind == JsonTokenType.StartArray;

    /// <summary>The member of that name; null when there is none or it is the word null.</summary>
    public JsonItem? this[string name]
    {
        get
        {
            foreach (var (key, item) in Members)
            {
                if (key == name) return item.Kind == JsonTokenType.Null ? null : item;
            }

            return null;
        }
    }
}
