using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

internal sealed class SequenceBoundsOperands : IOperands<SequenceBounds>
{
    public SequenceBounds Make(Draw draw)
    {
        draw.Engine = Engine.GpSimd;
        var (dst, type) = draw.Pair<SequenceBounds>("dst", "segment_ids");
        var free = draw.Shape(maxPartitions: 1).Free;
        var ids = draw.Tile(MemorySpace.Sbuf, type, 1, free);
        draw.Put(ids, Segments(draw, free).Select(id => Numbers.Encode(type, id)));
        return new SequenceBounds(draw.Tile(MemorySpace.Sbuf, dst, 1, 2 * free, Use.Write), ids);
    }

    /// <summary>Runs of ids, some of them padding; an id may come again after another.</summary>
    private static IEnumerable<double> Segments(Draw draw, int count)
    {
        var longest = draw.Of(1, 3, 12);
        while (true)
        {
            var id = draw.Chance(25) ? 0 : draw.Int(1, draw.Of(3, 300));
            for (var i = draw.Int(1, longest); i > 0; i--, count--)
            {
                if (count == 0) yield break;
                yield return id;
            }
        }
    }
}
