using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class RegisterMoveOperands : IOperands<RegisterMove>
{
    public RegisterMove Make(Draw draw) => new(
        RegisterChoice.Any(draw), draw.Chance(50) ? RegisterChoice.Known(draw)
            : draw.Random.Next(int.MinValue, int.MaxValue));
}
