using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>dst[f, p] = src[p, f], bits kept; wide 8-bit elements are followed by a byte of 0.</summary>
internal static class Transposition
{
    public static void Move(OracleMachine machine, in AccessPattern dst, in AccessPattern src, bool isWide = false)
    {
        var (bits, rows, columns) = (machine.ReadBits(src), src.Partitions, (int)src.Free);
        var moved = new uint[bits.Length];
        for (var p = 0; p < rows; p++)
            for (var f = 0; f < columns; f++)
                moved[f * rows + p] = bits[p * columns + f];
        machine.Counts.Read(src.DType, [.. bits.Select(Decoder(src.DType))]);
        machine.WriteBits(dst, moved);
        if (isWide && dst.DType.Size() == 1)
            machine.WriteBits(dst with { Offset = dst.Offset + 1 }, new uint[moved.Length]);
    }

    private static Func<uint, float> Decoder(DType dtype) => bits => Numbers.Decode(dtype, bits);
}
