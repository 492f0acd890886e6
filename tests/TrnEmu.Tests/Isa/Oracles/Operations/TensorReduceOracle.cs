using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class TensorReduceOracle : IOracle<TensorReduce>
{
    public void Run(TensorReduce o, OracleMachine machine)
    {
        int[] counts = [o.Data.Count3, o.Data.Count2, o.Data.Count1, o.Data.Count0];
        var length = counts.Take(o.Axis.Count).Aggregate(1, (product, count) => product * count);
        if (o.Op.IsBitwise())
        {
            machine.WriteBits(o.Dst,
                machine.ReadBits(o.Data).Chunk(length).Select(row => Reduction.Fold(o.Op, row)).ToArray());
            return;
        }

        machine.Write(o.Dst, machine.Read(o.Data).Chunk(length)
            .Select(row => Reduction.Fold(o.Op, row) * (o.Negate ? -1 : 1)).ToArray());
    }
}
