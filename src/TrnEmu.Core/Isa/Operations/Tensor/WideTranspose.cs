using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>
/// Transposes of the Tensor engine that pass bits, from generation 3 on. 8-bit elements land as 16 bits, the upper 8
/// zero. Source: Trainium2 architecture guide, "Built-in Transpose Support".
/// </summary>
internal static class WideTranspose
{
    /// <summary>How a destination of 16-bit elements is declared for 8-bit data.</summary>
    public static readonly Gap Bytes = new(
        "nc_transpose",
        "how dst is declared for 8-bit data, which the Tensor engine writes as 16-bit elements with zeros in the upper "
        + "8 bits from generation 3 on, while another text wants the dtype of data; and whether integers do as fp8 does",
        "dst has the dtype of data and its elements lie at even bytes, 2, 4, … apart; the byte after each becomes 0; "
        + "integers do as fp8 does");

    /// <summary>An 8-bit destination has room for the zeros.</summary>
    public static void Verify(Verifier v, in AccessPattern dst)
    {
        if (dst.DType.Size() > 1) return;
        var tensor = v.Program.TensorOf(dst);
        var wide = Landing(dst);
        if (!IsSpaced(dst))
        {
            v.Error(TensorCodes.WideElements, $"dst ({tensor.Name}) is {dst.DType.Name()} and has elements at odd "
                + "bytes, must have them at even bytes: each lands as 16 bits");
        }
        else if (dst.Offset + wide.FreeExtent().End > tensor.BytesPerPartition)
        {
            v.Error(TensorCodes.WideElements, $"dst ({tensor.Name}) is {dst.DType.Name()} and ends with the last of "
                + $"{tensor.BytesPerPartition} bytes, must leave one more: each element lands as 16 bits");
        }

        if (dst.IsIndirect) v.Missing(Bytes, $"dst is {dst.DType.Name()} and indirect");
    }

    /// <summary>True when the elements lie at even bytes of their tensor.</summary>
    public static bool IsSpaced(in AccessPattern dst) => dst.Offset % 2 == 0
        && IsEven(dst.Count0, dst.Stride0) && IsEven(dst.Count1, dst.Stride1)
        && IsEven(dst.Count2, dst.Stride2) && IsEven(dst.Count3, dst.Stride3);

    /// <summary>What is written: of an 8-bit destination 16-bit elements at the same places.</summary>
    public static AccessPattern Landing(in AccessPattern dst) => dst.DType.Size() > 1 ? dst : dst with
    {
        DType = DType.UInt16,
        Stride0 = dst.Stride0 / 2,
        Stride1 = dst.Stride1 / 2,
        Stride2 = dst.Stride2 / 2,
        Stride3 = dst.Stride3 / 2,
    };

    /// <summary>
    /// A transpose by Vector or Tensor: effects do not know which, so the zeros of 8-bit elements are written perhaps.
    /// </summary>
    public static void Effects(EffectSink sink, in AccessPattern dst)
    {
        sink.Write(dst);
        if (dst.DType.Size() == 1 && !dst.IsDynamic && IsSpaced(dst))
            sink.MayWrite(dst with { Offset = dst.Offset + 1 });
    }

    /// <summary>dst = data transposed.</summary>
    public static void Move(CoreState core, in AccessPattern dst, in Tile data) =>
        Transpose.Move(core.Destination(Landing(dst)), data);

    private static bool IsEven(int count, int stride) => count == 1 || stride % 2 == 0;
}
