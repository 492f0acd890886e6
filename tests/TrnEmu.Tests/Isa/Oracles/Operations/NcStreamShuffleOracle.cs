using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Within each 32 rows, row i takes the bits of row mask[i]; 255 leaves it as it is.</summary>
internal sealed class NcStreamShuffleOracle : IOracle<NcStreamShuffle>
{
    private const int Quadrant = 32;
    private const int Unmodified = 255;

    public void Run(NcStreamShuffle o, OracleMachine machine)
    {
        var free = (int)o.Dst.Free;
        var (dst, src) = (machine.ReadBits(o.Dst), machine.ReadBits(o.Src));
        machine.See(o.Src);
        for (var row = 0; row < o.Dst.Partitions; row++)
        {
            var from = o.ShuffleMask[row % Quadrant];
            if (from == Unmodified) continue;
            from += row / Quadrant * Quadrant;
            for (var i = 0; i < free; i++) dst[row * free + i] = src[from * free + i];
        }

        machine.WriteBits(o.Dst, dst);
    }
}
