using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class NcNGatherOracle : IOracle<NcNGather>
{
    public void Run(NcNGather o, OracleMachine machine)
    {
        var (free, count) = (o.Data.Free, (int)o.Indices.Free);
        var (data, indices) = (machine.ReadBits(o.Data), machine.ReadBits(o.Indices));
        machine.See(o.Data);
        machine.WriteBits(o.Dst, indices.Select((index, i) =>
        {
            Index.Demand(index, free);
            return data[i / count * free + index];
        }).ToArray());
    }
}
