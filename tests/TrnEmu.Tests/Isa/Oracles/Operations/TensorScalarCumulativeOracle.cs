using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class TensorScalarCumulativeOracle : IOracle<TensorScalarCumulative>
{
    public void Run(TensorScalarCumulative o, OracleMachine machine)
    {
        var free = (int)o.Src.Free;
        var operands = machine.Read(o.Imm0, o.Src.Partitions);
        var values = machine.Read(o.Src).Select((x, i) => Alu.Apply(o.Op0, x, operands[i / free])).ToArray();
        machine.VectorSums.Start(o.Src, o.ReduceCmd, o.Op1, o.Imm1);
        var results = Enumerable.Range(0, o.Src.Partitions).SelectMany(row => machine.VectorSums.Take(
            o.Src, row, o.ReduceCmd, o.Op1, values.Skip(row * free).Take(free), isValueFirst: true));
        machine.Write(o.Dst, results.Select(r => new[] { r.Low, r.High }).ToArray());
    }
}
