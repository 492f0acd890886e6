using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorCopyPredicatedOperands : IOperands<TensorCopyPredicated>
{
    public TensorCopyPredicated Make(Draw draw)
    {
        var (partitions, free) = draw.Shape();
        var (dtype, predicate) = draw.Pair<TensorCopyPredicated>("dst", "predicate");
        ScalarOperand src = draw.Chance(40) ? Constant(draw, dtype) : draw.Tile(draw.OnChip(), dtype, partitions, free);
        return new TensorCopyPredicated(
            draw.Tile(draw.OnChip(), dtype, partitions, free, Use.Write), src,
            draw.Tile(draw.OnChip(), predicate, partitions, free),
                draw.Chance(40));
    }

    private static double Constant(Draw draw, DType dtype) =>
        dtype.IsInteger() ? Numbers.IntegerValue(dtype, Values.Bits(draw.Random, dtype)) : draw.Number();
}
