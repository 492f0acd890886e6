using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>Which PSUM banks a pattern touches.</summary>
internal static class PsumBanks
{
    /// <summary>Bytes of a bank in each partition, on every generation (NeuronCore architecture guides).</summary>
    private const int BankBytes = 2048;

    private const int Banks = 8;

    /// <summary>
    /// Bit b for banks b, b + 8, …, from the first byte of the pattern to its last; all of the tensor's where an index
    /// moves it, none while the tensor has no address.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Of(Tensor tensor, in AccessPattern p)
    {
        if (tensor.Address is not { } address) return 0;
        var (first, last) = p.IsDynamic || p.IsIndirect ? (0, tensor.BytesPerPartition - 1) : Extent(p);
        var (low, high) = ((address.Byte + first) / BankBytes, (address.Byte + last) / BankBytes);
        if (high - low >= Banks) return byte.MaxValue;
        var mask = ((2 << (int)(high - low)) - 1) << (int)(low % Banks);
        return (byte)(mask | (mask >> Banks));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (long First, long Last) Extent(in AccessPattern p)
    {
        var (low, high) = (0L, 0L);
        Reach(p.Count0, p.Stride0, ref low, ref high);
        Reach(p.Count1, p.Stride1, ref low, ref high);
        Reach(p.Count2, p.Stride2, ref low, ref high);
        Reach(p.Count3, p.Stride3, ref low, ref high);
        var size = p.DType.Size();
        return (p.Offset + low * size, p.Offset + (high + 1) * size - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reach(int count, int stride, ref long low, ref long high)
    {
        var far = (count - 1L) * stride;
        if (far < 0) low += far;
        else high += far;
    }
}
