using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RegisterLoadOperands : IOperands<RegisterLoad>
{
    public RegisterLoad Make(Draw draw) => new(RegisterChoice.Any(draw), RegisterChoice.Element(draw, Use.Read));
}
