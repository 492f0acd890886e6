namespace TrnEmu.Kernels.Linear;

/// <summary>
/// The linear layer with all that can follow the product, and with weights in bf16 whatever x is: half the bytes from
/// HBM, where a layer of few rows spends its time.
/// </summary>
[Kernel("linear_fused", Summary = "y[T,O] = silu(x[T,I] @ w[I,O] + bias[O]) + residual[T,O], w in bf16")]
public sealed class LinearFused : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => LinearProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => LinearProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var x = k.Input("x", dtype, [sizes["T"], sizes["I"]]);
        var w = k.Input("w", DType.Bf16, [sizes["I"], sizes["O"]]);
        var bias = k.Input("bias", dtype, [sizes["O"]]);
        var residual = k.Input("residual", dtype, [sizes["T"], sizes["O"]]);
        Linear.Emit(k, k.Output("y", dtype, [sizes["T"], sizes["O"]]), x, w, bias, ActivationFunction.Silu, residual);
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => LinearProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (bias, residual, y) = (data["bias"], data["residual"], data["y"]);
        LinearProblem.Multiply(sizes, data["x"], data["w"], y);
        for (var i = 0; i < y.Length; i++)
        {
            var biased = y[i] + bias[i % bias.Length];
            y[i] = biased / (1 + Math.Exp(-biased)) + residual[i];
        }
    }
}
