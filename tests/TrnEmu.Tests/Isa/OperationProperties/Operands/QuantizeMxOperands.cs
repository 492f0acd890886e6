using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class QuantizeMxOperands : IOperands<QuantizeMx>
{
    public QuantizeMx Make(Draw draw)
    {
        var (dst, type) = draw.Pair<QuantizeMx>("dst", "src");
        var partitions = MxScales.Partitions(draw);
        var free = draw.Int(1, Math.Max(1, draw.Size / partitions));
        var src = draw.Tile(MemorySpace.Sbuf, type, partitions, free * Microscaling.Packed);
        draw.Arithmetic = Arithmetic.Default with { MxScale = draw.Of(MxScaleRule.Chip, MxScaleRule.Chip, MxScaleRule.Ocp) };
        if (draw.Chance(70)) draw.Put(src, Finite(draw, type, (int)src.Elements));
        return new QuantizeMx(
            draw.Tile(MemorySpace.Sbuf, dst, partitions, free, Use.Write), src,
            MxScales.Tile(draw, draw.Any<QuantizeMx>("dst_scale"), src, free, Use.Write));
    }

    /// <summary>Numbers of like size, sometimes much smaller ones or none but zeros.</summary>
    private static IEnumerable<uint> Finite(Draw draw, DType dtype, int elements)
    {
        var largest = draw.Int(-30, 16);
        var isZero = draw.Chance(5);
        return Enumerable.Range(0, elements).Select(_ => Numbers.Encode(dtype, isZero ? 0
            : Math.ScaleB(draw.Random.NextDouble() * 2 - 1, draw.Chance(90) ? largest : largest - draw.Int(0, 20))));
    }
}
