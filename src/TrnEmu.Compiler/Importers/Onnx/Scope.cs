namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Names of values in a graph, a branch or a function; null values are those of nodes that were
/// refused.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, Value?> _values = [];

    /// <summary>Finds a name here or around.</summary>
    public bool TryFind(string name, out Value? value) =>
        _values.TryGetValue(name, out value) || (parent is not null && parent.TryFind(name, out value));

    /// <summary>Adds a name; false when it is there already.</summary>
    public bool TryAdd(string name, Value? value) => _values.TryAdd(name, value);
}
