using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RegisterStoreOperands : IOperands<RegisterStore>
{
    public RegisterStore Make(Draw draw) => new(RegisterChoice.Element(draw, Use.Write), RegisterChoice.Known(draw));
}
