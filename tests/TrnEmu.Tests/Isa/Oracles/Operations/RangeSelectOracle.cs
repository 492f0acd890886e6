using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RangeSelectOracle : IOracle<RangeSelect>
{
    public void Run(RangeSelect o, OracleMachine machine)
    {
        var data = o.OnTrueTile;
        var free = (int)data.Free;
        var (bound0, bound1) = (machine.Read(o.Bound0), machine.Read(o.Bound1));
        var isTrue = new bool[data.Elements];
        for (var i = 0; i < isTrue.Length; i++)
        {
            var index = (float)(o.RangeStart + i % free);
            isTrue[i] = Alu.Exact(o.CompOp0, index, bound0[i / free]) == 1
                && Alu.Exact(o.CompOp1, index, bound1[i / free]) == 1;
        }

        var selection = new Selection(machine, data, isTrue, [.. isTrue.Select(_ => o.OnFalseValue)]);
        machine.VectorSums.Start(data, o.ReduceCmd, o.ReduceOp, initial: null);
        selection.Reduce(o.ReduceCmd, o.ReduceOp);
        selection.Write(o.Dst);
        machine.VectorSums.Write(data, o.ReduceRes);
    }
}
