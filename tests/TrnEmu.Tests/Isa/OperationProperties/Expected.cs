using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>The kinds that the cases of an operation can have, by its header.</summary>
internal static class Expected
{
    private const int LastGeneration = 4;
    private const int Quadrants = 4;

    /// <summary>Operations whose results are indices, bits or whole numbers, so that nothing is rounded.</summary>
    private static readonly string[] Unrounded =
        ["nc_find_index8", "nonzero_with_count", "sequence_bounds", "tensor_copy_predicated"];

    /// <summary>Operations whose only operand is one element.</summary>
    private static readonly string[] OneElement = ["register_load", "register_store", "set_rng_seed"];

    /// <summary>
    /// All of them; dtype pairs are those that occurred, because verification alone knows which are legal: the cases
    /// try every one.
    /// </summary>
    public static IEnumerable<(Aspect Aspect, object Kind)> Of(
        OperationInfo operation, IReadOnlyList<(DType Dst, DType Src)> pairs)
    {
        var attribute = operation.Attribute;
        for (var generation = attribute.MinGeneration; generation <= LastGeneration; generation++)
            yield return (Aspect.Chip, generation);
        foreach (var engine in attribute.Engines.Members()) yield return (Aspect.Engine, engine);
        foreach (var pair in pairs) yield return (Aspect.DTypes, pair);
        var memory = operation.Operands.Where(o => o.Role != OperandRole.Parameter).ToArray();
        if (memory.Length == 0) yield break;
        var isOnChip = memory.Any(o => o.Spaces != MemorySpaces.Hbm);
        for (var quadrant = 0; isOnChip && quadrant < Quadrants; quadrant++) yield return (Aspect.Start, quadrant);
        foreach (var layout in LayoutsOf(operation, memory)) yield return (Aspect.Layout, layout);
        foreach (var operand in memory.Where(o => o.Indirect)) yield return (Aspect.Indirect, operand.Name);
        foreach (var value in ValuesOf(operation, pairs)) yield return (Aspect.Value, value);
    }

    /// <summary>Results never repeat, nor do columns.</summary>
    private static IEnumerable<string> LayoutsOf(OperationInfo operation, OperandInfo[] memory)
    {
        yield return Layouts.Odd;
        if (OneElement.Contains(operation.Name)) yield break;
        yield return Layouts.Strided;
        if (memory.Any(o => o.Role == OperandRole.Read && o.Type != typeof(ScalarOperand)))
            yield return Layouts.Broadcast;
    }

    /// <summary>Halves come up only where results are rounded to less than fp32.</summary>
    private static IEnumerable<string> ValuesOf(OperationInfo operation, IEnumerable<(DType Dst, DType Src)> pairs)
    {
        var isFloat = operation.Operands.Any(o => o.Role == OperandRole.Read
            && o.DTypes.Any(d => d.IsFloat() || d.IsPacked()));
        if (!isFloat) yield break;
        foreach (var kind in ValueCounts.Kinds[..^1]) yield return kind;
        var converts = pairs.Any(p => p.Dst != p.Src && p.Dst.IsArithmetic() && p.Dst != DType.Fp32);
        if (converts && !Unrounded.Contains(operation.Name)) yield return ValueCounts.Kinds[^1];
    }
}
