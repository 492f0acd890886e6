using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The values in the order 7, 6, …, 0, each paired with the first of its places that is still free.</summary>
internal sealed class NcMatchReplace8Oracle : IOracle<NcMatchReplace8>
{
    public void Run(NcMatchReplace8 o, OracleMachine machine)
    {
        var (to, free) = (o.Dst.DType, (int)o.Data.Free);
        var (data, bits) = (machine.Read(o.Data), machine.ReadBits(o.Data));
        var vals = machine.Read(o.Vals).Chunk((int)o.Vals.Free);
        int[][] places = [.. vals.Zip(data.Chunk(free), (v, row) => Pairing.Of(v, row, isFirstFirst: false))];
        var isReplaced = places.Select(p => p.ToHashSet()).ToArray();
        machine.WriteBits(o.Dst, [.. data.Select((x, i) =>
            isReplaced[i / free].Contains(i % free) ? machine.Encode(o.Dst, i, o.Imm)
                : to == o.Data.DType ? bits[i] : machine.Encode(o.Dst, i, x))]);
        if (o.DstIdx is { } indices)
            machine.WriteBits(indices, [.. places.SelectMany(p => p).Select(p => p < 0 ? uint.MaxValue : (uint)p)]);
    }
}
