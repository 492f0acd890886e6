namespace TrnEmu.Kernels.Linear;

/// <summary>
/// A layer of a model: few rows, many weights. The rows are turned once and held by the array, through which the
/// weights stream, 512 columns at a time, each loaded once for up to 512 rows. What follows the product (bias,
/// activation, residual) happens in fp32 on the way out of PSUM.
/// </summary>
[Kernel("linear", Summary = "y[T,O] = x[T,I] @ w[I,O]")]
public sealed class Linear : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => LinearProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => LinearProblem.Cases;

    /// <summary>
    /// Records y = activation(x @ w + bias) + residual. If one factor is fp32 or tf32, both become fp32 as they are loaded.
    /// </summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, O] in HBM; results are rounded to its dtype once.</param>
    /// <param name="x">[T, I] in HBM.</param>
    /// <param name="w">[I, O] in HBM, of any float dtype.</param>
    /// <param name="bias">[O] or [1, O] in HBM, or null.</param>
    /// <param name="activation">Function of the biased product.</param>
    /// <param name="residual">[T, O] in HBM, or null.</param>
    /// <param name="scale">Factor of the product, before the bias.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView w, TensorView? bias = null,
        ActivationFunction activation = ActivationFunction.Copy, TensorView? residual = null, float scale = 1)
    {
        var type = Product.TypeOf(x.DType, w.DType);
        foreach (var group in RowGroup.Each(k, y.Shape[0], x.Shape[1], type))
        {
            TensorView[] turned = [.. group.Select(t => TurnedRows.Load(k, x[t], type))];
            EmitTurned(k, y, group, turned, w, bias, activation, residual, scale);
        }
    }

    /// <summary>
    /// The same for a group of rows that lie in SBUF in pieces, features on partitions: [128, slots, T] each.
    /// </summary>
    internal static void EmitTurned(
        KernelBuilder k, TensorView y, Chunk[] group, TensorView[] turned, TensorView w, TensorView? bias = null,
        ActivationFunction activation = ActivationFunction.Copy, TensorView? residual = null, float scale = 1)
    {
        foreach (var o in Chunk.Each(y.Shape[1], Product.Columns))
        {
            var sums = Product.Sums(k, turned, w, o);
            var offset = new RowAddend(bias?.Reshape([y.Shape[1]])[o]);
            for (var i = 0; i < group.Length; i++)
            {
                var value = scale == 1 ? sums[i] : Epilogue.Scale(k, sums[i], scale);
                Epilogue.Finish(k, y[group[i], o], offset.Add(k, value), activation, residual?[group[i], o]);
            }
        }
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var x = k.Input("x", dtype, [sizes["T"], sizes["I"]]);
        var w = k.Input("w", dtype, [sizes["I"], sizes["O"]]);
        Emit(k, k.Output("y", dtype, [sizes["T"], sizes["O"]]), x, w);
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => LinearProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) =>
        LinearProblem.Multiply(sizes, data["x"], data["w"], data["y"]);
}
