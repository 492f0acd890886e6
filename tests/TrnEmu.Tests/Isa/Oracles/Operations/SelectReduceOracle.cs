using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class SelectReduceOracle : IOracle<SelectReduce>
{
    public void Run(SelectReduce o, OracleMachine machine)
    {
        var free = (int)o.OnTrue.Free;
        var others = machine.Read(o.OnFalse, o.OnTrue.Partitions);
        var isTrue = machine.ReadBits(o.Predicate).Select(b => b != 0 != o.ReversePred).ToArray();
        var selection = new Selection(machine, o.OnTrue, isTrue, [.. isTrue.Select((_, i) => others[i / free])]);
        machine.VectorSums.Start(o.OnTrue, o.ReduceCmd, o.ReduceOp, initial: null);
        selection.Reduce(o.ReduceCmd, o.ReduceOp);
        selection.Write(o.Dst);
        machine.VectorSums.Write(o.OnTrue, o.ReduceRes);
    }
}
