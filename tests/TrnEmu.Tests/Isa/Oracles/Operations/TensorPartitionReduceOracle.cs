using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Each free element by itself: partition 0, then op with partition 1, 2, …</summary>
internal sealed class TensorPartitionReduceOracle : IOracle<TensorPartitionReduce>
{
    public void Run(TensorPartitionReduce o, OracleMachine machine)
    {
        var free = (int)o.Data.Free;
        if (o.Op.IsBitwise())
            machine.WriteBits(o.Dst, Columns(machine.ReadBits(o.Data), free, (a, b) => Alu.Bits(o.Op, a, b)));
        else
            machine.Write(o.Dst, Columns(machine.Read(o.Data), free, (a, b) => Alu.Exact(o.Op, a, b)));
    }

    private static T[] Columns<T>(T[] elements, int free, Func<T, T, T> op) =>
        [.. Enumerable.Range(0, free).Select(f => elements.Where((_, i) => i % free == f).Aggregate(op))];
}
