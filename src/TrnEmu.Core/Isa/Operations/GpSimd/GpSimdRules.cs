using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>What operations that gather, search or count demand of their operands.</summary>
internal static class GpSimdRules
{
    /// <summary>Partitions of one GpSimd core.</summary>
    public const int CorePartitions = 16;

    /// <summary>The operand streams through GpSimd.</summary>
    public static void Stream(Verifier v, string name, in AccessPattern p) => ElementRules.Stream(v, Engine.GpSimd, name, p);

    /// <summary>The operand covers whole GpSimd cores.</summary>
    public static void WholeCores(Verifier v, string name, in AccessPattern p)
    {
        if (p.Partitions % CorePartitions != 0)
            v.Error(GpSimdCodes.Cores, $"{name} has {p.Partitions} partitions, must be a multiple of {CorePartitions}");
    }

    /// <summary>Both operands have the same partitions.</summary>
    public static void SamePartitions(Verifier v, string aName, in AccessPattern a, string bName, in AccessPattern b)
    {
        if (a.Partitions != b.Partitions)
            v.Error(VerifyCodes.Shape, $"{bName} has {b.Partitions} partitions, {aName} has {a.Partitions}: they must be equal");
    }

    /// <summary>The operand has so many elements in each partition.</summary>
    public static void Free(Verifier v, string name, in AccessPattern p, long free, string reason)
    {
        if (p.Free != free)
            v.Error(VerifyCodes.Shape, $"{name} has {p.Free} elements in each partition, expected {free}: {reason}");
    }

    /// <summary>The operands have one dtype: bits are moved.</summary>
    public static void SameDType(Verifier v, string aName, in AccessPattern a, string bName, in AccessPattern b)
    {
        if (a.DType != b.DType)
            v.Error(VerifyCodes.DType, $"{bName} is {Numerics.DTypes.Name(b.DType)}, {aName} is {Numerics.DTypes.Name(a.DType)}: they must be equal");
    }

    /// <summary>The result shares no byte with a source.</summary>
    public static void Apart(Verifier v, string name, in AccessPattern dst, string sourceName, in AccessPattern source)
    {
        if (InPlaceRules.Overlap(v.Program, dst, source))
            v.Error(GpSimdCodes.Overlap, $"{name} ({v.Program.TensorOf(dst).Name}) shares bytes with {sourceName} ({v.Program.TensorOf(source).Name})");
    }
}
