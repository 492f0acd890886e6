using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class TensorCopyPredicatedOracle : IOracle<TensorCopyPredicated>
{
    public void Run(TensorCopyPredicated operation, OracleMachine machine)
    {
        var dst = machine.ReadBits(operation.Dst);
        var src = operation.Src.Column is { } tensor
            ? machine.ReadBits(tensor)
            : [.. dst.Select((_, i) => machine.Encode(operation.Dst, i, operation.Src.Immediate))];
        var predicate = machine.ReadBits(operation.Predicate);
        if (operation.Src.Column is { } data) machine.Read(data);
        machine.WriteBits(operation.Dst,
            dst.Select((d, i) => predicate[i] != 0 != operation.ReversePred ? src[i] : d).ToArray());
    }
}
