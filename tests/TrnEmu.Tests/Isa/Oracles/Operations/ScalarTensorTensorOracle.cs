using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class ScalarTensorTensorOracle : IOracle<ScalarTensorTensor>
{
    public void Run(ScalarTensorTensor o, OracleMachine machine)
    {
        var free = (int)o.Dst.Free;
        var scalars = machine.Read(o.Operand0, o.Dst.Partitions);
        var tensor = machine.Read(o.Operand1);
        machine.Write(o.Dst, machine.Read(o.Data).Select((x, i) =>
            Alu.Chain(x, o.Op0, scalars[i / free], o.Reverse0, o.Op1, tensor[i], o.Reverse1)).ToArray());
    }
}
