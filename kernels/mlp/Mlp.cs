namespace TrnEmu.Kernels.Mlp;

/// <summary>
/// The gated layer of Llama models. x is turned once for both products; hidden rows never leave SBUF. Scalar takes the
/// activation on the way out of PSUM, Vector multiplies with the other product on its way.
/// </summary>
[Kernel("mlp", Summary = "y[T,D] = (silu(x @ gate[D,F]) * (x @ up[D,F])) @ down[F,D]")]
public sealed class Mlp : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MlpProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MlpProblem.Cases;

    /// <summary>Records y = (silu(x @ gate) * (x @ up)) @ down + residual.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, D] in HBM.</param>
    /// <param name="x">[T, D] in HBM; the hidden values are rounded to its dtype.</param>
    /// <param name="gate">[D, F] in HBM, of any float dtype, the same as up.</param>
    /// <param name="up">[D, F] in HBM.</param>
    /// <param name="down">[F, D] in HBM.</param>
    /// <param name="residual">[T, D] in HBM, or null.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView gate, TensorView up, TensorView down,
        TensorView? residual = null)
    {
        foreach (var group in HiddenRows.Groups(k, x, up, down.DType))
        {
            var hidden = HiddenRows.Gated(k, x, group, gate, up, ActivationFunction.Silu, down.DType);
            Linear.Linear.EmitTurned(k, y, group, hidden, down, residual: residual);
        }
    }

    /// <summary>
    /// Records y = activation(x @ up + upBias) @ down + downBias + residual: the layer of GPT and ViT models.
    /// </summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, D] in HBM.</param>
    /// <param name="x">[T, D] in HBM; the hidden values are rounded to its dtype.</param>
    /// <param name="up">[D, F] in HBM, of any float dtype.</param>
    /// <param name="down">[F, D] in HBM.</param>
    /// <param name="activation">Usually a gelu.</param>
    /// <param name="upBias">[F] in HBM, or null.</param>
    /// <param name="downBias">[D] in HBM, or null.</param>
    /// <param name="residual">[T, D] in HBM, or null.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView up, TensorView down, ActivationFunction activation,
        TensorView? upBias = null, TensorView? downBias = null, TensorView? residual = null)
    {
        foreach (var group in HiddenRows.Groups(k, x, up, down.DType))
        {
            var hidden = HiddenRows.Plain(k, x, group, up, upBias, activation, down.DType);
            Linear.Linear.EmitTurned(k, y, group, hidden, down, downBias, residual: residual);
        }
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (tokens, width, hidden) = (sizes["T"], sizes["D"], sizes["F"]);
        var x = k.Input("x", dtype, [tokens, width]);
        var gate = k.Input("gate", dtype, [width, hidden]);
        var up = k.Input("up", dtype, [width, hidden]);
        var down = k.Input("down", dtype, [hidden, width]);
        Emit(k, k.Output("y", dtype, [tokens, width]), x, gate, up, down);
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => 3L * sizes["T"] * sizes["D"] * sizes["F"];

    /// <summary>Hidden values enter the second product in the dtype.</summary>
    public int Roundings => 2;

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (tokens, width, hidden) = (sizes["T"], sizes["D"], sizes["F"]);
        var gated = MlpProblem.Multiply(data["x"], data["gate"], tokens, width, hidden);
        var raised = MlpProblem.Multiply(data["x"], data["up"], tokens, width, hidden);
        for (var i = 0; i < gated.Length; i++) gated[i] *= raised[i] / (1 + Math.Exp(-gated[i]));
        MlpProblem.Multiply(gated, data["down"], tokens, hidden, width).CopyTo(data["y"], 0);
    }
}
