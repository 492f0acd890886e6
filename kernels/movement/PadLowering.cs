using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Movement;

/// <summary>
/// pad as copies to disjoint parts of the result: for each dimension what lies before and after x, as wide as what
/// earlier dimensions have left, and x itself in the middle.
/// </summary>
[Lowering("pad")]
public sealed class PadLowering : ILowering
{
    private const int RowBytes = 4 * 1024;

    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var (before, after) = (node.Integers("before")!, node.Integers("after")!);
        var (middle, dtype) = (views.Output, views.Output.DType);
        TensorView? value = null;
        for (var d = 0; d < before.Length; d++)
        {
            Fill(d, 0, before[d]);
            Fill(d, middle.Shape[d] - after[d], after[d]);
            middle = Move.Part(middle, d, before[d], middle.Shape[d] - before[d] - after[d]);
        }

        Move.Emit(k, middle, views["x"]);

        void Fill(int dimension, int first, int count)
        {
            if (count == 0) return;
            value ??= Value();
            Move.Fill(k, Move.Part(middle, dimension, first, count), value);
        }

        TensorView Value()
        {
            var tile = k.Sbuf("value", dtype, [Limits.Partitions, RowBytes / dtype.Size()]);
            k.Issue(new Memset(tile, node.Extended("value")));
            return tile;
        }
    }
}
