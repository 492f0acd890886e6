using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Elementwise;

/// <summary>cast by what lies between the two types: bits, a rounding, or a truncation before it.</summary>
[Lowering("cast")]
public sealed class CastLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var (from, to) = (views["x"].DType, views.Output.DType);
        Elementwise.Emit(
            k, views.Output, [views["x"]],
            node.Number("bool") != 0 ? Truth : Find(from, to, node.Number("saturate") != 0));
    }

    private static Action<ElementTile> Find(DType from, DType to, bool saturates)
    {
        if (from == to) return static t => t.Copy(t.Result, t.X);
        if (to.IsInteger()) return from.IsInteger() ? Wrap : static t => t.Copy(t.Result, Rounding.Truncate(t, t.X));
        return saturates && to.Size() == 1 ? Saturate : static t => t.Copy(t.Result, t.X);
    }

    private static void Truth(ElementTile t) => t.Scalar(t.Result, t.X, AluOp.NotEqual);

    /// <summary>Numbers beyond the largest become it; those that another fp8 type lacks too.</summary>
    private static void Saturate(ElementTile t)
    {
        double limit = t.Result.DType.LargestFp8();
        t.Scalar(t.Result, t.X, AluOp.Minimum, limit, AluOp.Maximum, -limit);
    }

    /// <summary>
    /// The low bits. A narrower integer is first widened with its sign, which fp32 holds exactly, to the wider type of
    /// the same kind.
    /// </summary>
    private static void Wrap(ElementTile t)
    {
        var (from, to) = (t.X.DType, t.Result.DType);
        if (from.Size() >= to.Size())
        {
            Words.Store(t, t.Result, t.X);
            return;
        }

        var isSigned = from is DType.Int8 or DType.Int16;
        var wide = t.New("wide", to.Size() == sizeof(int) ? isSigned ? DType.Int32 : to : isSigned ? DType.Int16 : to);
        t.Copy(wide, t.X);
        Words.Store(t, t.Result, wide);
    }
}
