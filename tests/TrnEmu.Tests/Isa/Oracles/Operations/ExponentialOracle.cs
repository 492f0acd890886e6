using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The difference is rounded to fp32; the sum takes the exponentials before they are rounded to dst.</summary>
internal sealed class ExponentialOracle : IOracle<Exponential>
{
    public void Run(Exponential o, OracleMachine machine)
    {
        var free = (int)o.Src.Free;
        var most = machine.Read(o.MaxValue, o.Src.Partitions);
        var values = machine.Read(o.Src)
            .Select((x, i) => Functions.Value(ActivationFunction.Exp, x - most[i / free])).ToArray();
        machine.VectorSums.Start(o.Src, o.ReduceCmd, AluOp.Add, o.ReduceInit);
        for (var row = 0; row < o.Src.Partitions; row++)
            machine.VectorSums.Take(o.Src, row, o.ReduceCmd, AluOp.Add, values.Skip(row * free).Take(free));
        machine.Write(o.Dst, values);
        machine.VectorSums.Write(o.Src, o.ReduceRes);
    }
}
