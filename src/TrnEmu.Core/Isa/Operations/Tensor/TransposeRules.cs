using TrnEmu.Core.Isa.Operations.Vector;
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
        if (InPlaceRules.Overlap(v.Program, dst, data))
            v.Error(TensorCodes.InPlace, $"dst and {dataName} share elements of tensor {v.Program.TensorOf(dst).Name}");
    }

    /// <summary>dst has the dtype of the data.</summary>
    public static void SameDType(Verifier v, in AccessPattern dst, in AccessPattern data, string dataName)
    {
        if (dst.DType == data.DType) return;
        v.Error(TensorCodes.ResultDType, $"dst is {dst.DType.Name()}, {dataName} is {data.DType.Name()}: "
            + "a transpose keeps the dtype");
    }
}
