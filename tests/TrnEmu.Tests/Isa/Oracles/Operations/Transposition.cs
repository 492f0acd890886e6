using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>dst[f, p] = src[p, f], bits kept.</summary>
internal static class Transposition
{
    public static void Move(OracleMachine machine, in AccessPattern dst, in AccessPattern src)
    {
        var (bits, rows, columns) = (machine.ReadBits(src), src.Partitions, (int)src.Free);
        var moved = new uint[bits.Length];
        for (var p = 0; p < rows; p++)
            for (var f = 0; f < columns; f++)
                moved[f * rows + p] = bits[p * columns + f];
        machine.Counts.Read(src.DType, [.. bits.Select(Decoder(src.DType))]);
        machine.WriteBits(dst, moved);
    }

    private static Func<uint, float> Decoder(Core.Numerics.DType dtype) => bits => Numbers.Decode(dtype, bits);
}
