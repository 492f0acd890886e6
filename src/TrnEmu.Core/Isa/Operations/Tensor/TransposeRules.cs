using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>What every transpose demands of its operands, whoever executes it.</summary>
internal static class TransposeRules
{
    /// <summary>dst is [F, P] where the data is [P, F], has the same dtype, and shares no bytes with it.</summary>
    public static void Verify(Verifier v, in AccessPattern dst, in AccessPattern data, string dataName)
    {
        if (dst.Partitions != data.Free || dst.Free != data.Partitions)
        {
            v.Error(TensorCodes.ResultShape, $"dst is [{dst.Partitions},{dst.Free}], expected "
                + $"[{data.Free},{data.Partitions}]: {dataName} is [{data.Partitions},{data.Free}]");
        }

        SameDType(v, dst, data, dataName);
        if (Overlap(v, dst, data))
            v.Error(TensorCodes.InPlace, $"dst and {dataName} share elements of tensor {v.Program.TensorOf(dst).Name}");
    }

    /// <summary>dst has the dtype of the data.</summary>
    public static void SameDType(Verifier v, in AccessPattern dst, in AccessPattern data, string dataName)
    {
        if (dst.DType == data.DType) return;
        v.Error(TensorCodes.ResultDType, $"dst is {dst.DType.Name()}, {dataName} is {data.DType.Name()}: "
            + "a transpose keeps the dtype");
    }

    private static bool Overlap(Verifier v, in AccessPattern a, in AccessPattern b)
    {
        if (a.Tensor != b.Tensor) return false;
        if (a.IsDynamic || b.IsDynamic) return true;
        var isHbm = v.SpaceOf(a) == MemorySpace.Hbm;
        var (aLow, aHigh) = Extent(a, isHbm);
        var (bLow, bHigh) = Extent(b, isHbm);
        return aLow < bHigh && bLow < aHigh && (isHbm || SharePartitions(a, b));
    }

    private static bool SharePartitions(in AccessPattern a, in AccessPattern b) =>
        a.StartPartition < b.StartPartition + b.Partitions && b.StartPartition < a.StartPartition + a.Partitions;

    private static (long Low, long High) Extent(in AccessPattern p, bool isHbm)
    {
        var (first, end) = p.FreeExtent();
        var rows = isHbm ? p.PartitionStep * (p.Partitions - 1) * p.DType.Size() : 0;
        return (p.Offset + first + Math.Min(rows, 0), p.Offset + end + Math.Max(rows, 0));
    }
}
