using System.Text.Json;

namespace TrnEmu.Core.Chips;

/// <summary>A value of a chip file with its place: the tree that the binder reads.</summary>
/// <param name="Path">JSON path from the root, as in <c>dma.clock_ghz.value</c>; empty for the root.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Kind">StartObject, StartArray, String, Number, or what else stands there.</param>
internal sealed record ChipNode(string Path, int Line, JsonTokenType Kind)
{
    /// <summary>
    /// Members of an object, in the order of the file, repeated names included; elements of an array under their
    /// indices.
    /// </summary>
    public List<KeyValuePair<string, ChipNode>> Members { get; } = [];

    /// <summary>Text of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>Value of a number; infinite when it exceeds a double.</summary>
    public double Number { get; set; }

    /// <summary>The member of that name, or null.</summary>
    public ChipNode? this[string name] => Members.Find(m => m.Key == name).Value;
}
