using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The state stays in fp32 between elements; what is written is rounded, what goes on is not.</summary>
internal sealed class TensorTensorScanOracle : IOracle<TensorTensorScan>
{
    public void Run(TensorTensorScan o, OracleMachine machine)
    {
        var (rows, free) = (o.Dst.Partitions, (int)o.Dst.Free);
        var (data0, data1) = (machine.Read(o.Data0), machine.Read(o.Data1));
        var initial = machine.Read(o.Initial, rows);
        var results = new float[rows * free];
        for (var row = 0; row < rows; row++)
        {
            var state = initial[row];
            for (var i = row * free; i < (row + 1) * free; i++)
            {
                var first = o.Reverse0 ? Alu.Exact(o.Op0, state, data0[i]) : Alu.Exact(o.Op0, data0[i], state);
                state = o.Reverse1 ? Alu.Exact(o.Op1, data1[i], first) : Alu.Exact(o.Op1, first, data1[i]);
                results[i] = state;
            }
        }

        machine.Write(o.Dst, results);
    }
}
