using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>What the systolic array demands of the shapes and dtypes of a product.</summary>
internal static class MatmulRules
{
    private const int FirstWideGeneration = 4;
    private const int FirstFiniteFp8Generation = 4;

    /// <summary>
    /// stationary [K, M], moving [K, N], dst [M, N], within the sizes of the array or its tile, and of PSUM.
    /// </summary>
    public static void Shapes(
        Verifier v, in ArrayTile tile, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving)
    {
        if (stationary.Partitions != moving.Partitions)
        {
            v.Error(TensorCodes.Contraction, $"moving has {moving.Partitions} partitions (K), stationary has "
                + $"{stationary.Partitions}: they must be equal");
        }

        if (stationary.Free > tile.Columns)
        {
            v.Error(TensorCodes.StationarySize, $"stationary free size is {stationary.Free}, limit {tile.Columns} "
                + $"(one column of the {(tile.IsPart ? "tile" : "array")} for each)");
        }

        Columns(v, dst, moving);
        if (dst.Partitions != stationary.Free || dst.Free != moving.Free)
        {
            v.Error(TensorCodes.ResultShape, $"dst is [{dst.Partitions},{dst.Free}], expected "
                + $"[{stationary.Free},{moving.Free}]: the free sizes of stationary and moving");
        }

        TileRules.Fits(v, tile, dst, stationary, moving);
    }

    /// <summary>
    /// fp32 and tf32 meet each other only, and so do the two kinds of e4m3, of which e4m3fn came with generation 4; dst is fp32, from generation 4 also bf16, in transpose mode as the data.
    /// </summary>
    public static void DTypes(Verifier v, DType dst, DType stationary, DType moving, bool passesBits)
    {
        if (IsWide(stationary) != IsWide(moving))
        {
            v.Error(TensorCodes.MixedDTypes, $"moving is {moving.Name()}, stationary is {stationary.Name()}: "
                + "fp32 and tf32 only meet fp32 and tf32");
        }

        if ((stationary, moving) is (DType.Fp8E4M3, DType.Fp8E4M3Fn) or (DType.Fp8E4M3Fn, DType.Fp8E4M3))
        {
            v.Error(TensorCodes.MixedDTypes, $"moving is {moving.Name()}, stationary is {stationary.Name()}: "
                + "the array reads all of its e4m3 as one format");
        }

        if (v.Chip.Generation < FirstFiniteFp8Generation && (stationary == DType.Fp8E4M3Fn || moving == DType.Fp8E4M3Fn))
        {
            v.Error(VerifyCodes.DType, $"{(stationary == DType.Fp8E4M3Fn ? "stationary" : "moving")} is fp8_e4m3fn, "
                + $"which the Tensor engine multiplies from generation {FirstFiniteFp8Generation} on, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}");
        }

        if (passesBits)
        {
            if (dst == stationary) return;
            v.Error(TensorCodes.ResultDType, $"dst is {dst.Name()}, stationary is {stationary.Name()}: "
                + "transpose mode keeps the dtype");
        }
        else if (dst != DType.Fp32 && !(dst == DType.Bf16 && v.Chip.Generation >= FirstWideGeneration))
        {
            var accepted = v.Chip.Generation >= FirstWideGeneration ? "fp32 or bf16" : "fp32";
            v.Error(
                TensorCodes.ResultDType, $"dst is {dst.Name()}, must be {accepted} on generation {v.Chip.Generation}");
        }
    }

    /// <summary>
    /// Before generation 4 dst stays within one bank, counted from the tensor's start until it has an address.
    /// </summary>
    public static void Bank(Verifier v, in AccessPattern dst)
    {
        if (v.Chip.Generation >= FirstWideGeneration) return;
        var tensor = v.Program.TensorOf(dst);
        var (first, end) = dst.FreeExtent();
        var origin = (tensor.Address?.Byte ?? 0) + dst.Offset;
        var bank = v.Chip.PsumBankBytes.ToInt32();
        var (low, high) = (origin + first, origin + end - 1);
        if (low / bank == high / bank) return;
        v.Error(TensorCodes.Bank, $"dst ({tensor.Name}) covers bytes {low} to {high} of each PSUM partition, "
            + $"banks {low / bank} to {high / bank}, limit one bank ({bank} bytes)");
    }

    private static bool IsWide(DType dtype) => dtype is DType.Fp32 or DType.Tf32;

    private static void Columns(Verifier v, in AccessPattern dst, in AccessPattern moving)
    {
        var isWide = v.Chip.Generation >= FirstWideGeneration;
        var type = isWide ? dst.DType : DType.Fp32;
        var limit = (isWide ? v.Chip.PsumBytesPerPartition : v.Chip.PsumBankBytes.ToInt32()) / type.Size();
        if (moving.Free <= limit) return;
        v.Error(TensorCodes.MovingSize, $"moving free size is {moving.Free}, limit {limit} "
            + $"({(isWide ? "PSUM" : "one PSUM bank")} holds {limit} {type.Name()} per partition)");
    }
}
