using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class NcMatmulMxOperands : IOperands<NcMatmulMx>
{
    private const int Bias = 127;

    public NcMatmulMx Make(Draw draw)
    {
        var (dst, types) = draw.Pair<NcMatmulMx>("dst", "stationary");
        var other = draw.Any<NcMatmulMx>("moving");
        var k = MxScales.Partitions(draw);

        // Whole groups of 32 can be indirect.
        var m = draw.Size > 60 && draw.Chance(60) ? 32 : 2 * draw.Int(1, Math.Clamp(draw.Size / 40, 1, 64));
        var n = draw.Int(1, Math.Clamp(draw.Size / m, 1, 512));
        var isTiled = k <= 64 && draw.Chance(40);
        var row = k > 64 ? 0 : k * draw.Int(0, 128 / k - 1);
        var stationary = draw.Tile(MemorySpace.Sbuf, types, k, m, at: isTiled ? row : null);
        var moving = draw.Tile(MemorySpace.Sbuf, other, k, n, at: isTiled ? row : null);
        return new NcMatmulMx(
            draw.Tile(MemorySpace.Psum, dst, m, n, Use.Sum, isTiled ? 0 : null), stationary, moving,
            Scales(draw, "stationary_scale", stationary), Scales(draw, "moving_scale", moving),
            isTiled ? (row, 0) : null, isTiled ? (k, 128) : null, NcMatmulOperands.Accumulate(draw, m * n));
    }

    /// <summary>Near 1, so that products add up, or any.</summary>
    private static AccessPattern Scales(Draw draw, string operand, in AccessPattern data)
    {
        var p = MxScales.Tile(draw, draw.Any<NcMatmulMx>(operand), data, (int)data.Free, Use.Read);
        if (draw.Chance(80))
        {
            var spread = draw.Of(1, 8, 30);
            draw.Put(p, Enumerable.Range(0, (int)p.Elements).Select(_ => (uint)(Bias + draw.Int(-spread, spread))));
        }

        return p;
    }
}
