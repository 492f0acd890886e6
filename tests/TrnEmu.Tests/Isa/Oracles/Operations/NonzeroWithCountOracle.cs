using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// Physical partitions 0, 16, …: places of nonzero elements plus the offset, padding, and their number; others stay.
/// </summary>
internal sealed class NonzeroWithCountOracle : IOracle<NonzeroWithCount>
{
    private const int CorePartitions = 16;

    public void Run(NonzeroWithCount o, OracleMachine machine)
    {
        var free = (int)o.Src.Free;
        var (src, dst) = (machine.Read(o.Src), machine.ReadBits(o.Dst));
        for (var row = 0; row < o.Src.Partitions; row++)
        {
            if ((machine.LaneOf(o.Src) + row) % CorePartitions != 0) continue;
            int[] places = [.. Enumerable.Range(0, free).Where(i => src[row * free + i] != 0)];
            for (var i = 0; i < free; i++)
            {
                dst[row * (free + 1) + i] =
                    unchecked((uint)(i < places.Length ? places[i] + o.IndexOffset : o.PaddingVal));
            }

            dst[row * (free + 1) + free] = (uint)places.Length;
        }

        machine.WriteBits(o.Dst, dst);
    }
}
