using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>Sets of dtypes as operation headers write them.</summary>
internal static class DTypeSets
{
    /// <summary>
    /// Dtype names and sets, separated by spaces: "any" (all that engines convert), "float", "integer", "packed" (the
    /// x4 forms), and "all", for operations that only move bits.
    /// </summary>
    public static IReadOnlyList<DType> Parse(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word switch
        {
            "all" => DTypes.All,
            "any" => DTypes.Arithmetic,
            "float" => DTypes.All.Where(d => d.IsFloat()),
            "integer" => DTypes.All.Where(d => d.IsInteger()),
            "packed" => DTypes.All.Where(d => d.IsPacked()),
            _ => DTypes.TryParse(word, out var d) ? [d] : throw new InvalidOperationException($"no dtype {word}"),
        }),
    ];
}
