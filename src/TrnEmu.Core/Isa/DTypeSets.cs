using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>Sets of dtypes as operation headers write them.</summary>
internal static class DTypeSets
{
    /// <summary>"any", "float", "integer" or dtype names, separated by spaces.</summary>
    public static IReadOnlyList<DType> Parse(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word switch
        {
            "any" => DTypes.All,
            "float" => DTypes.All.Where(d => d.IsFloat()),
            "integer" => DTypes.All.Where(d => d.IsInteger()),
            _ => DTypes.TryParse(word, out var d) ? [d] : throw new InvalidOperationException($"no dtype {word}"),
        }),
    ];
}
