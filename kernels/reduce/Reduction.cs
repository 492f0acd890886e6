namespace TrnEmu.Kernels.Reduce;

/// <summary>
/// Folds elements of a tensor along any axes, innermost first, a pass for each run of reduced axes; between passes
/// values stay fp32 (integers 32 bits) in HBM, so that they are rounded to the result's dtype once.
/// </summary>
public static class Reduction
{
    /// <summary>Records y = function(x) along the axes.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">In HBM, contiguous: as many elements as the other axes have.</param>
    /// <param name="x">In HBM, contiguous.</param>
    /// <param name="function">sum, mean, max, min, prod, l1, l2, sum_square or log_sum_exp.</param>
    /// <param name="shape">Extents of x.</param>
    /// <param name="axes">The reduced ones, from 0.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, string function, IReadOnlyList<int> shape,
        IReadOnlyCollection<int> axes)
    {
        var groups = new ReduceGroups(shape, axes);
        var whole = ReduceStage.Of(function, (double)x.Elements / y.Elements);
        var isFirst = true;
        do
        {
            var part = groups.Next();
            var isLast = !groups.IsOpen;
            var to = isLast ? y : k.Hbm("partial", whole.TypeOf(x.DType), [part.A * part.B]);
            var stage = whole.Part(isFirst, isLast);
            ReduceRows.Each(to, x, part, (piece, elements) =>
            {
                if (function == "log_sum_exp") LogSumExp.Emit(k, piece, elements);
                else ReduceTile.Emit(k, piece, elements, stage);
            });
            (x, isFirst) = (to, false);
        }
        while (groups.IsOpen);
    }
}
