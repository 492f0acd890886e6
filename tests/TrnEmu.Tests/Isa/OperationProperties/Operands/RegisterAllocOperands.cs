using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RegisterAllocOperands : IOperands<RegisterAlloc>
{
    public RegisterAlloc Make(Draw draw) => new(RegisterChoice.Any(draw), draw.Chance(80) ? draw.Random.Next() : null);
}
