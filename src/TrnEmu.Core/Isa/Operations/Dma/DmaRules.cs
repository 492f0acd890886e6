using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What descriptor modes and indices demand of a DMA. Source: nki.isa.dge_mode, nki.isa.dma_copy.</summary>
internal static class DmaRules
{
    private const int FirstHardwareGeneration = 3;
    private const int FirstPriorityGeneration = 4;
    private const int LowestPriority = 3;

    /// <summary>The chip and engine have the descriptor mode, and it can do what the operands ask.</summary>
    public static void Generator(Verifier v, DgeMode mode, in AccessPattern dst, in AccessPattern src)
    {
        if (mode == DgeMode.None && (dst.IsDynamic || src.IsDynamic))
        {
            v.Error(DmaCodes.GeneratorLimit, $"{(dst.IsDynamic ? "dst" : "src")} has a dynamic offset, "
                + "dge_mode none takes static addresses only");
        }

        if (mode != DgeMode.Hwdge) return;
        if (v.Chip.Generation < FirstHardwareGeneration)
        {
            v.Error(DmaCodes.Generator, $"dge_mode hwdge needs generation {FirstHardwareGeneration}, "
                + $"chip {v.Chip.Name} is generation {v.Chip.Generation}");
        }

        if (v.Engine is not (Engine.None or Engine.Sync or Engine.Scalar))
            v.Error(DmaCodes.Generator, $"{v.Engine.Title()} engine cannot trigger hwdge, Sync and Scalar can");
        if (dst.DType != src.DType)
        {
            v.Error(DmaCodes.GeneratorLimit, $"src is {src.DType.Name()}, dst is {dst.DType.Name()}: "
                + "dge_mode hwdge does not convert");
        }

        if (IsVector(dst) || IsVector(src))
            v.Error(DmaCodes.GeneratorLimit, "dge_mode hwdge does not gather or scatter, swdge does");
    }

    /// <summary>
    /// Equal dtypes, or two that are converted; never packed ones. Source: the NKI introduction to DMA, "Basic DMA Capabilities".
    /// </summary>
    public static void Conversion(Verifier v, in AccessPattern dst, in AccessPattern src)
    {
        if (dst.DType == src.DType || !(dst.DType.IsPacked() || src.DType.IsPacked())) ConversionRules.Verify(v, dst, "src", src);
        else v.Error(VerifyCodes.DType, $"src is {src.DType.Name()}, dst is {dst.DType.Name()}: DMA engines do not convert packed dtypes");
    }

    /// <summary>One side at most is indexed row by row; it lies in HBM and pairs with the rows of the other. Elements are as many.</summary>
    public static void Rows(Verifier v, in AccessPattern dst, in AccessPattern src)
    {
        if (!IsVector(dst) && !IsVector(src)) return;
        if (IsVector(dst) && IsVector(src))
            v.Error(DmaCodes.Rows, "dst and src are both indexed row by row, one can be");
        OnHbm(v, "dst", dst);
        OnHbm(v, "src", src);
        OneColumn(v, "dst", dst);
        OneColumn(v, "src", src);
        if (dst.Elements == src.Elements && dst.Free != src.Free)
            v.Missing(DmaCopy.OtherShape, $"src is [{src.Partitions},{src.Free}], dst is [{dst.Partitions},{dst.Free}]");
    }

    /// <summary>Priorities are 0 to 3, from generation 4 on.</summary>
    public static void Priority(Verifier v, int? priority)
    {
        if (priority is not { } given) return;
        if (given is < 0 or > LowestPriority)
            v.Error(DmaCodes.Priority, $"priority is {given}, must be 0 to {LowestPriority}");
        if (v.Chip.Generation < FirstPriorityGeneration)
        {
            v.Error(DmaCodes.Priority, $"priority is {given}, which needs generation {FirstPriorityGeneration}, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}");
        }
    }

    /// <summary>True for a gather (on the source) or scatter (on the destination).</summary>
    public static bool IsVector(in AccessPattern p) => p.Dynamic.Kind == OffsetKind.Vector;

    /// <summary>What is indexed row by row lies in HBM.</summary>
    public static void OnHbm(Verifier v, string name, in AccessPattern p)
    {
        if (IsVector(p) && v.SpaceOf(p) != MemorySpace.Hbm)
            v.Error(DmaCodes.Rows, $"{name} is indexed row by row in {v.SpaceOf(p).Title()}, must be in HBM");
    }

    private static void OneColumn(Verifier v, string name, in AccessPattern p)
    {
        if (IsVector(p) && p.Dynamic.Group != 0)
            v.Error(DmaCodes.Index, $"index of {name} has columns of {p.Dynamic.Group} rows, must be one column: only dma_transpose takes more");
    }
}
