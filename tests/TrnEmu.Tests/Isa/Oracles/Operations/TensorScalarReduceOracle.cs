using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>What is reduced are the results in fp32, before they are rounded to dst's dtype.</summary>
internal sealed class TensorScalarReduceOracle : IOracle<TensorScalarReduce>
{
    public void Run(TensorScalarReduce o, OracleMachine machine)
    {
        var free = (int)o.Data.Free;
        var operands = machine.Read(o.Operand0, o.Data.Partitions);
        var values = machine.Read(o.Data)
            .Select((x, i) => Alu.Apply(o.Op0, x, operands[i / free], o.Reverse0)).ToArray();
        machine.VectorSums.Start(o.Data, o.ReduceCmd, o.ReduceOp, o.ReduceInit);
        for (var row = 0; row < o.Data.Partitions; row++)
            machine.VectorSums.Take(o.Data, row, o.ReduceCmd, o.ReduceOp, values.Skip(row * free).Take(free));
        machine.Write(o.Dst, values);
        machine.VectorSums.Write(o.Data, o.ReduceRes, o.ReduceResNegate);
    }
}
