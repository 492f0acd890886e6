namespace TrnEmu.Kernels.Linear;

/// <summary>What can follow a product: fp32 steps on the way out of PSUM.</summary>
internal static class Epilogue
{
    /// <summary>Rows of HBM that are to be added, in SBUF.</summary>
    public static TensorView Load(KernelBuilder k, TensorView rows)
    {
        var addend = k.Sbuf("addend", rows.DType, rows.Shape);
        k.Issue(new DmaCopy(addend, rows));
        return addend;
    }

    /// <summary>value + addend, in fp32; both lie in SBUF or PSUM.</summary>
    public static TensorView Add(KernelBuilder k, TensorView value, TensorView addend)
    {
        var sum = k.Sbuf("sum", DType.Fp32, addend.Shape);
        k.Issue(new TensorTensor(sum, value, addend, AluOp.Add));
        return sum;
    }

    /// <summary>value * factor, in fp32.</summary>
    public static TensorView Scale(KernelBuilder k, TensorView value, float factor)
    {
        var scaled = k.Sbuf("scaled", DType.Fp32, value.Shape);
        k.Issue(new TensorScalar(scaled, value, AluOp.Multiply, factor), Engine.Vector);
        return scaled;
    }

    /// <summary>function(value), in fp32.</summary>
    public static TensorView Activate(KernelBuilder k, ActivationFunction function, TensorView value)
    {
        var activated = k.Sbuf("activated", DType.Fp32, value.Shape);
        k.Issue(new Activation(activated, function, value));
        return activated;
    }

    /// <summary>Stores y = activation(value) + residual.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, N] in HBM.</param>
    /// <param name="value">[T, N] of fp32, sums in PSUM or what was made of them.</param>
    /// <param name="activation">Function of the value.</param>
    /// <param name="residual">[T, N] in HBM, or null.</param>
    public static void Finish(
        KernelBuilder k, TensorView y, TensorView value, ActivationFunction activation, TensorView? residual)
    {
        if (activation != ActivationFunction.Copy) value = Activate(k, activation, value);
        if (residual is not null) value = Add(k, value, Load(k, residual));
        Store(k, y, value);
    }

    /// <summary>Rounds the values to the dtype of an HBM view and stores them there.</summary>
    public static void Store(KernelBuilder k, TensorView y, TensorView value)
    {
        if (value.Tensor.Space == MemorySpace.Psum)
        {
            var result = k.Sbuf("result", y.DType, value.Shape);
            k.Issue(new TensorCopy(result, value), Engine.Vector);
            value = result;
        }

        k.Issue(new DmaCopy(y, value));
    }

    /// <summary>A row [N] or [1, N] of HBM as rows [T, N] that are all the same: the load repeats it.</summary>
    public static TensorView OnEachRow(TensorView row, int rows) =>
        row.Reshape([1, (int)row.Elements]).Broadcast(0, rows);
}
