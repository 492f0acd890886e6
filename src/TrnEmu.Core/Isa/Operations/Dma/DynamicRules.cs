using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>Which dynamic addresses an operand may have, and where their indices must lie.</summary>
internal static class DynamicRules
{
    /// <summary>The operand is static.</summary>
    public static void None(Verifier v, string name, in AccessPattern p)
    {
        if (p.IsDynamic) v.Error(VerifyCodes.Dynamic, $"{name} has a dynamic offset, must be static");
    }

    /// <summary>The operand is static, or moved as a whole by a register or one index.</summary>
    public static void NoVector(Verifier v, string name, in AccessPattern p)
    {
        if (p.Dynamic.Kind == OffsetKind.Vector)
            v.Error(VerifyCodes.Dynamic, $"{name} is indexed row by row, which only DMA can do");
        else
            Index(v, name, p);
    }

    /// <summary>An index tensor is int32 or uint32 in SBUF and has the elements that the pattern asks for.</summary>
    public static void Index(Verifier v, string name, in AccessPattern p)
    {
        if (p.Dynamic.Kind == OffsetKind.Register) Control.RegisterRules.Number(v, $"offset of {name}", new Register(p.Dynamic.Source));
        if (p.Dynamic.Kind is OffsetKind.None or OffsetKind.Register or OffsetKind.Indirect) return;
        var index = v.Program.TensorAt(p.Dynamic.Source);
        if (index.Space != MemorySpace.Sbuf || index.DType is not (DType.Int32 or DType.UInt32))
        {
            v.Error(DmaCodes.Index, $"index of {name} ({index.Name}) is {index.DType.Name()} in {index.Space.Title()}, "
                + "must be int32 or uint32 in SBUF");
        }

        if (p.Dynamic.Group < 0)
        {
            v.Error(DmaCodes.Index, $"index of {name} has columns of {p.Dynamic.Group} rows");
            return;
        }

        var indices = p.IndexPattern();
        var end = (long)p.Dynamic.SourcePartition + indices.Partitions;
        var endByte = (long)p.Dynamic.SourceByte + indices.BytesPerPartition;
        if (p.Dynamic.SourcePartition < 0 || p.Dynamic.SourceByte < 0 || end > index.Partitions
            || endByte > index.BytesPerPartition)
        {
            v.Error(DmaCodes.Index, $"index of {name} is read from partitions {p.Dynamic.SourcePartition} to "
                + $"{end - 1}, bytes {p.Dynamic.SourceByte} to {endByte - 1}, "
                + $"{index.Name} is {index.TypeText}");
        }
    }
}
