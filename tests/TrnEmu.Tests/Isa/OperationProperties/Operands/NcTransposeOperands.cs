using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcTransposeOperands : IOperands<NcTranspose>
{
    public NcTranspose Make(Draw draw)
    {
        draw.Engine = draw.Of(Engine.None, Engine.Tensor, Engine.Vector);
        var isVector = draw.Engine == Engine.Vector;
        var (partitions, free) = draw.Shape(isVector ? 32 : 128, isVector ? 32 : 128);
        var dtype = draw.One<NcTranspose>("data");
        if (isVector)
        {
            return new NcTranspose(draw.Tile(draw.OnChip(), dtype, free, partitions, Use.Write),
                draw.Tile(draw.OnChip(), dtype, partitions, free));
        }

        return new NcTranspose(Result(draw, dtype, free, partitions, isWide: draw.Generation > 2),
            draw.Tile(MemorySpace.Sbuf, dtype, partitions, free));
    }

    /// <summary>A destination in PSUM, which of 8-bit elements has room for 16 bits each.</summary>
    public static AccessPattern Result(Draw draw, DType dtype, int partitions, int free, bool isWide)
    {
        var use = draw.Chance(50) ? Use.Sum : Use.Write;
        if (dtype.Size() > 1 || !isWide) return draw.Tile(MemorySpace.Psum, dtype, partitions, free, use);
        var wide = draw.Tile(MemorySpace.Psum, DType.UInt16, partitions, free, use);
        return wide with
        {
            DType = dtype,
            Stride0 = 2 * wide.Stride0,
            Stride1 = 2 * wide.Stride1,
            Stride2 = 2 * wide.Stride2,
            Stride3 = 2 * wide.Stride3,
        };
    }
}
