using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class TensorTensorScanOperands : IOperands<TensorTensorScan>
{
    public TensorTensorScan Make(Draw draw)
    {
        var (dst, data0) = draw.Pair<TensorTensorScan>("dst", "data0");
        var (partitions, free) = draw.Shape();
        return new TensorTensorScan(
            draw.Tile(draw.OnChip(), dst, partitions, free, Use.Write),
            draw.Tile(draw.OnChip(), data0, partitions, free), draw.Tile(draw.OnChip(), draw.Any(), partitions, free),
            draw.Scalar(partitions), Operators.Arithmetic(draw), Operators.Arithmetic(draw), draw.Chance(30),
            draw.Chance(30));
    }
}
