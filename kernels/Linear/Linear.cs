using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Kernels.Linear;

/// <summary>
/// A layer of a model: few rows, many weights. The rows are turned once and held by the array, through which the weights
/// stream, 512 columns at a time, each loaded once for up to 128 rows. What follows the product (bias, activation,
/// residual) happens in fp32 on the way out of PSUM.
/// </summary>
[Kernel("linear", Summary = "y[T,O] = x[T,I] @ w[I,O]")]
public sealed class Linear : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => LinearProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => LinearProblem.Cases;

    /// <summary>
    /// Records y = activation(x @ w + bias) + residual. If one factor is fp32, the other becomes fp32 as it is loaded.
    /// </summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, O] in HBM; results are rounded to its dtype once.</param>
    /// <param name="x">[T, I] in HBM.</param>
    /// <param name="w">[I, O] in HBM, of any float dtype.</param>
    /// <param name="bias">[O] or [1, O] in HBM, or null.</param>
    /// <param name="activation">Function of the biased product.</param>
    /// <param name="residual">[T, O] in HBM, or null.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView w, TensorView? bias = null,
        ActivationFunction activation = ActivationFunction.Copy, TensorView? residual = null)
    {
        foreach (var t in Chunk.Each(y.Shape[0], Limits.Partitions))
        {
            var turned = TurnedRows.Load(k, x[t], Product.TypeOf(x, w.DType));
            foreach (var o in Chunk.Each(y.Shape[1], Product.Columns))
            {
                var value = Product.Sums(k, turned, w, o);
                if (bias is not null) value = Add(k, value, RowOnEach(bias, t.Length)[.., o]);
                if (activation != ActivationFunction.Copy) value = Activate(k, activation, value);
                if (residual is not null) value = Add(k, value, residual[t, o]);
                Store(k, y[t, o], value);
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

    /// <summary>Rounds fp32 values in PSUM or SBUF to the dtype of an HBM view and stores them there.</summary>
    internal static void Store(KernelBuilder k, TensorView y, TensorView value)
    {
        if (value.Tensor.Space == MemorySpace.Psum)
        {
            var result = k.Sbuf("result", y.DType, value.Shape);
            k.Issue(new TensorCopy(result, value), Engine.Vector);
            value = result;
        }

        k.Issue(new DmaCopy(y, value));
    }

    /// <summary>A row of HBM as rows [T, N] that are all the same: the load repeats it.</summary>
    internal static TensorView RowOnEach(TensorView row, int rows) =>
        row.Reshape([1, (int)row.Elements]).Broadcast(0, rows);

    private static TensorView Add(KernelBuilder k, TensorView value, TensorView rows)
    {
        var addend = k.Sbuf("addend", rows.DType, rows.Shape);
        var sum = k.Sbuf("sum", DType.Fp32, rows.Shape);
        k.Issue(new DmaCopy(addend, rows));
        k.Issue(new TensorTensor(sum, value, addend, AluOp.Add));
        return sum;
    }

    private static TensorView Activate(KernelBuilder k, ActivationFunction function, TensorView value)
    {
        var activated = k.Sbuf("activated", DType.Fp32, value.Shape);
        k.Issue(new Activation(activated, function, value));
        return activated;
    }
}
