namespace TrnEmu.Kernels.Mlp;

/// <summary>
/// The layer of GPT and vision models, with biases and a residual, and the gelu that approximates by tanh.
/// </summary>
[Kernel("mlp_gelu", Summary = "y[T,D] = gelu_apprx_tanh(x @ up[D,F] + b[F]) @ down[F,D] + c[D] + x")]
public sealed class MlpGelu : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MlpProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MlpProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (tokens, width, hidden) = (sizes["T"], sizes["D"], sizes["F"]);
        var x = k.Input("x", dtype, [tokens, width]);
        var up = k.Input("up", dtype, [width, hidden]);
        var down = k.Input("down", dtype, [hidden, width]);
        var b = k.Input("b", dtype, [hidden]);
        var c = k.Input("c", dtype, [width]);
        var y = k.Output("y", dtype, [tokens, width]);
        Mlp.Emit(k, y, x, up, down, ActivationFunction.GeluApprxTanh, b, c, residual: x);
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => 2L * sizes["T"] * sizes["D"] * sizes["F"];

    /// <summary>Hidden values enter the second product in the dtype.</summary>
    public int Roundings => 2;

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (tokens, width, hidden) = (sizes["T"], sizes["D"], sizes["F"]);
        var (b, c, x, y) = (data["b"], data["c"], data["x"], data["y"]);
        var raised = MlpProblem.Multiply(x, data["up"], tokens, width, hidden);
        for (var i = 0; i < raised.Length; i++) raised[i] = Gelu(raised[i] + b[i % hidden]);
        var sums = MlpProblem.Multiply(raised, data["down"], tokens, hidden, width);
        for (var i = 0; i < y.Length; i++) y[i] = sums[i] + c[i % width] + x[i];
    }

    private static double Gelu(double x) =>
        0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
