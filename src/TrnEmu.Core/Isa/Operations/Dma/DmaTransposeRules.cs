using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What dma_transpose demands. Source: nki.isa.dma_transpose.</summary>
internal static class DmaTransposeRules
{
    private const int HardwareRows = 16;
    private const int GatherGeneration = 3;
    private const int GatherRows = 16;
    private static readonly int[][] Axes = [[1, 0], [2, 1, 0], [3, 1, 2, 0]];

    /// <summary>Shapes, dtype, axes, priority, then what the mode demands.</summary>
    public static void Verify(Verifier v, DmaTranspose o)
    {
        Operands(v, o);
        DmaRules.Priority(v, o.Priority);
        DynamicRules.NoVector(v, "dst", o.Dst);
        DynamicRules.Index(v, "src", o.Src);
        DmaRules.Generator(v, o.DgeMode, o.Dst, o.Src);
        if (o.OobMode == OobMode.Skip && !o.Src.IsDynamic)
            v.Error(VerifyCodes.Parameter, "oob_mode is skip, src is static: nothing can be outside");
        if (DmaRules.IsVector(o.Src)) Gather(v, o);
        else Direct(v, o);
    }

    /// <summary>The dimensions between the first and the last, as one; 0 where the shapes do not fit.</summary>
    private static long Middle(DmaTranspose o) => o.Src.Free % o.Dst.Partitions == 0 ? o.Src.Free / o.Dst.Partitions : 0;

    private static void Operands(Verifier v, DmaTranspose o)
    {
        var middle = Middle(o);
        if (middle == 0 || o.Dst.Free != middle * o.Src.Partitions)
        {
            v.Error(TensorCodes.ResultShape, $"dst is [{o.Dst.Partitions},{o.Dst.Free}], src is [{o.Src.Partitions},{o.Src.Free}]: "
                + "of [P, A, F] the transpose is [F, A, P]");
        }

        AxesOf(v, o, middle);
        if (o.Dst.DType != o.Src.DType)
        {
            v.Error(TensorCodes.ResultDType, $"dst is {o.Dst.DType.Name()}, src is {o.Src.DType.Name()}: "
                + "a transpose keeps the dtype");
        }

        if (InPlaceRules.Overlap(v.Program, o.Dst, o.Src))
            v.Error(TensorCodes.InPlace, $"dst and src share elements of tensor {v.Program.TensorOf(o.Dst).Name}");
        ApartRules.Once(v, "dst", o.Dst);
        ApartRules.Index(v, o.Dst, "dst", o.Dst);
        ApartRules.Index(v, o.Dst, "src", o.Src);
    }

    private static void AxesOf(Verifier v, DmaTranspose o, long middle)
    {
        if (o.Axes.Count == 0) return;
        if (!Axes.Any(a => a.AsSpan().SequenceEqual(o.Axes.Span)))
            v.Error(VerifyCodes.Parameter, $"axes is [{string.Join(',', o.Axes)}], must be [1,0], [2,1,0] or [3,1,2,0]");
        else if (o.Axes.Count == 2 && middle > 1)
            v.Error(TensorCodes.ResultShape, $"axes is [1,0], dst has {o.Dst.Partitions} partitions, src {o.Src.Free} columns: they must be equal");
    }

    private static void Direct(Verifier v, DmaTranspose o)
    {
        if (o.Src.DType.Size() == 1)
            v.Error(DmaCodes.TransposeDType, $"src is {o.Src.DType.Name()}, elements must have 2 or 4 bytes");
        if (o.DgeMode == DgeMode.Swdge)
            v.Error(DmaCodes.GeneratorLimit, "dge_mode is swdge, which transposes gathered rows only: unknown, hwdge and none can do this");
        if (o.DgeMode == DgeMode.Hwdge) Hardware(v, o);
    }

    private static void Hardware(Verifier v, DmaTranspose o)
    {
        if (o.Src.DType.Size() != 2)
            v.Error(DmaCodes.TransposeShape, $"src is {o.Src.DType.Name()}, dge_mode hwdge takes elements of 2 bytes");
        var rows = o.Src.Partitions;
        if (o.Axes.Count == 2 || (o.Axes.Count == 0 && Middle(o) == 1))
        {
            if (rows != HardwareRows)
                v.Error(DmaCodes.TransposeShape, $"src has {rows} rows, dge_mode hwdge takes {HardwareRows} of two dimensions");
            return;
        }

        var next = o.Axes.Count != 3 && o.Src.Count3 == o.Dst.Partitions ? o.Src.Count2 : Middle(o);
        if (rows > HardwareRows || !int.IsPow2(rows) || rows * next % HardwareRows != 0)
        {
            v.Error(DmaCodes.TransposeShape, $"src has {rows} rows and {next} in the dimension before the last, dge_mode hwdge takes "
                + $"1, 2, 4, 8 or 16 rows, and a product of both that {HardwareRows} divides");
        }
    }

    private static void Gather(Verifier v, DmaTranspose o)
    {
        if (v.Chip.Generation < GatherGeneration)
        {
            v.Error(VerifyCodes.Generation, $"rows of src are gathered, which needs generation {GatherGeneration}, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}");
        }

        if (o.DgeMode == DgeMode.None) v.Error(DmaCodes.GeneratorLimit, "dge_mode is none, gathered rows take unknown or swdge");
        DmaRules.OnHbm(v, "src", o.Src);
        if (o.Src.DType.Size() != 2)
            v.Error(DmaCodes.TransposeDType, $"src is {o.Src.DType.Name()}, elements of gathered rows must have 2 bytes");
        if ((o.Axes.Count is 0 or 4) && o.Src.Count3 == o.Dst.Partitions && o.Src.Count2 > 1 && o.Src.Count1 > 1)
            v.Error(DmaCodes.TransposeShape, $"src is [{o.Src.Partitions},{o.Src.Count1},{o.Src.Count2},{o.Src.Count3}], one of the middle two must be 1");
        var index = v.Program.TensorAt(o.Src.Dynamic.Source);
        if (index.DType != DType.UInt32)
            v.Error(DmaCodes.Index, $"index of src ({index.Name}) is {index.DType.Name()}, a gathering transpose takes uint32");
        Rows(v, o.Src.Partitions, o.Src.Dynamic.Group);
    }

    /// <summary>Rows of src, and of the index tensor.</summary>
    private static void Rows(Verifier v, int rows, int group)
    {
        if (rows % GatherRows != 0)
            v.Error(DmaCodes.TransposeShape, $"src has {rows} gathered rows, must be a multiple of {GatherRows}");
        var column = group == 0 ? rows : group;
        var isLegal = rows > column ? column == Limits.Partitions : column <= Limits.Partitions && column % GatherRows == 0;
        if (!isLegal)
        {
            v.Error(DmaCodes.Index, $"index of src has {column} rows for {rows} indices, must be a multiple of {GatherRows} up to "
                + $"{Limits.Partitions}, and {Limits.Partitions} where there are several columns");
        }
    }
}
