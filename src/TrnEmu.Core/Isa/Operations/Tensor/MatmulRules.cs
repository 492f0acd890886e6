using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>What the systolic array demands of the shapes and dtypes of a product.</summary>
internal static class MatmulRules
{
    private const int FirstWideGeneration = 4;
    private const int FirstE4M3FnGeneration = 4;

    /// <summary>
    /// stationary [K, layers, M], moving [K, layers, N], dst [M, N], within the sizes of the array or its tile, and of
    /// PSUM.
    /// </summary>
    public static void Shapes(
        Verifier v, in ArrayTile tile, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving,
        int layers)
    {
        var (m, n) = (stationary.Free / layers, moving.Free / layers);
        if (stationary.Partitions != moving.Partitions)
        {
            v.Error(TensorCodes.Contraction, $"moving has {moving.Partitions} partitions (K), stationary has "
                + $"{stationary.Partitions}: they must be equal");
        }

        if (m > tile.Columns)
        {
            v.Error(TensorCodes.StationarySize, $"stationary free size is {m}, limit {tile.Columns} "
                + $"(one column of the {(tile.IsPart ? "tile" : "array")} for each)");
        }

        Columns(v, dst, n);
        if (dst.Partitions != m || dst.Free != n)
        {
            v.Error(TensorCodes.ResultShape, $"dst is [{dst.Partitions},{dst.Free}], expected "
                + $"[{m},{n}]: the free sizes of stationary and moving");
        }

        TileRules.Fits(v, tile, dst, stationary, moving);
        Bank(v, dst);
    }

    /// <summary>fp32 and tf32 meet each other only, fp8_e4m3 never fp8_e4m3fn, which came with generation 4.</summary>
    public static void Inputs(Verifier v, DType stationary, DType moving)
    {
        if (IsWide(stationary) != IsWide(moving))
        {
            v.Error(TensorCodes.MixedDTypes, $"moving is {moving.Name()}, stationary is {stationary.Name()}: "
                + "fp32 and tf32 only meet fp32 and tf32");
        }

        if ((stationary, moving) is (DType.Fp8E4M3, DType.Fp8E4M3Fn) or (DType.Fp8E4M3Fn, DType.Fp8E4M3))
        {
            v.Error(TensorCodes.MixedDTypes, $"moving is {moving.Name()}, stationary is {stationary.Name()}: "
                + "one product takes one of the two forms");
        }

        Generation(v, "stationary", stationary);
        if (moving != stationary) Generation(v, "moving", moving);
    }

    /// <summary>dst of a sum is fp32, from generation 4 also bf16.</summary>
    public static void Result(Verifier v, DType dst)
    {
        var isWide = v.Chip.Generation >= FirstWideGeneration;
        if (dst == DType.Fp32 || (dst == DType.Bf16 && isWide)) return;
        v.Error(TensorCodes.ResultDType, $"dst is {dst.Name()}, must be {(isWide ? "fp32 or bf16" : "fp32")} on "
            + $"generation {v.Chip.Generation}");
    }

    /// <summary>
    /// dst is static or indirect, inputs also move as a whole; nothing is indirect in a tile that starts elsewhere than
    /// the array. Source: nki.isa.nc_matmul, "Tensor indirection".
    /// </summary>
    public static void Indirection(
        Verifier v, in ArrayTile tile, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving)
    {
        if (!dst.IsIndirect) DynamicRules.None(v, "dst", dst);
        DynamicRules.NoVector(v, "stationary", stationary);
        DynamicRules.NoVector(v, "moving", moving);
        IndirectRules.Product(v, dst, stationary, moving);
        var isAny = dst.IsIndirect || stationary.IsIndirect || moving.IsIndirect;
        if (isAny && (tile.Row, tile.Column) != (0, 0))
        {
            v.Error(TensorCodes.Tile, $"the tile starts at row {tile.Row}, column {tile.Column}, must be 0 and 0 where "
                + "operands are indirect");
        }
    }

    /// <summary>True for the dtypes that the array takes by 32 bits.</summary>
    private static bool IsWide(DType dtype) => dtype is DType.Fp32 or DType.Tf32;

    private static void Generation(Verifier v, string name, DType dtype)
    {
        if (dtype != DType.Fp8E4M3Fn || v.Chip.Generation >= FirstE4M3FnGeneration) return;
        v.Error(VerifyCodes.DType, $"{name} is {dtype.Name()}, which the Tensor engine takes from generation "
            + $"{FirstE4M3FnGeneration} on, chip {v.Chip.Name} is generation {v.Chip.Generation}");
    }

    /// <summary>
    /// Before generation 4 dst stays within one bank, counted from the tensor's start until it has an address.
    /// </summary>
    private static void Bank(Verifier v, in AccessPattern dst)
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

    private static void Columns(Verifier v, in AccessPattern dst, long n)
    {
        var isWide = v.Chip.Generation >= FirstWideGeneration;
        var type = isWide && dst.DType.Size() == sizeof(ushort) ? dst.DType : DType.Fp32;
        var limit = (isWide ? v.Chip.PsumBytesPerPartition : v.Chip.PsumBankBytes.ToInt32()) / type.Size();
        if (n <= limit) return;
        v.Error(TensorCodes.MovingSize, $"moving free size is {n}, limit {limit} "
            + $"({(isWide ? "PSUM" : "one PSUM bank")} holds {limit} {type.Name()} per partition)");
    }
}
