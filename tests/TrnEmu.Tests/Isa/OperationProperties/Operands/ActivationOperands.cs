using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class ActivationOperands : IOperands<Activation>
{
    public Activation Make(Draw draw)
    {
        var (to, from) = draw.Pair<Activation>("dst", "data");
        var (partitions, free) = draw.Shape();
        var input = new ActivationArguments(draw, from, partitions, free, Function(draw));
        var command = draw.Of(Enum.GetValues<ReduceCommand>());
        AccessPattern? sums = draw.Chance(60) ? draw.Tile(draw.OnChip(), draw.Any(), partitions, 1, Use.Write) : null;
        return new Activation(
            draw.Tile(draw.OnChip(), to, partitions, free, Use.Write), input.Function, input.Data,
            input.IsPlain ? null : Bias(draw, partitions), input.IsPlain ? null : Scale(draw, partitions),
            command > ReduceCommand.Reset || draw.Chance(30) ? AluOp.Add : null, sums, command);
    }

    public static ActivationFunction Function(Draw draw) =>
        draw.Of([.. Enum.GetValues<ActivationFunction>().Where(f => f != ActivationFunction.Prelu)]);

    public static ScalarOperand? Bias(Draw draw, int partitions) => draw.Int(0, 2) switch
    {
        0 => null,
        1 when draw.Generation > 2 => draw.Number(),
        _ => draw.Column(draw.OnChip(), draw.Any(), partitions),
    };

    public static ScalarOperand? Scale(Draw draw, int partitions) => draw.Chance(40) ? null : draw.Scalar(partitions);
}
