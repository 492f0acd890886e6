using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// A model as operations on tensors, in an order in which every tensor is made before it is used. Immutable, compared
/// by value; the bytes of its constants lie beside it (<see cref="Model"/>). Made by <see cref="GraphBuilder"/>, which
/// checks it.
/// </summary>
public sealed record ModelGraph
{
    /// <summary>Declared tensors first (inputs, constants, caches), then those that nodes make, each in
    /// order.</summary>
    public EquatableArray<GraphTensor> Tensors { get; init; }

    /// <summary>The nodes in the order in which they run.</summary>
    public EquatableArray<GraphNode> Nodes { get; init; }

    /// <summary>The tensor of that name.</summary>
    public GraphTensor this[string name] => Tensors.First(t => t.Name == name);

    /// <summary>
    /// The same graph with room for fewer positions in its caches: dimension 0 of each cache becomes
    /// <paramref name="positions"/>.
    /// </summary>
    public ModelGraph WithCachePositions(int positions) => this with
    {
        Tensors = [
            .. Tensors.Select(t => t.Role == GraphRole.Cache ? t with { Type = Shortened(t.Type, positions) } : t)],
    };

    private static TensorType Shortened(TensorType type, int positions) =>
        type with { Shape = [positions, .. type.Shape.Skip(1)] };
}
