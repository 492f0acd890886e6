namespace TrnEmu.Kernels.Linear;

/// <summary>What can follow a product: fp32 steps on the way out of PSUM.</summary>
internal static class Epilogue
{
    /// <summary>value + rows of HBM, in fp32.</summary>
    public static TensorView Add(KernelBuilder k, TensorView value, TensorView rows)
    {
        var addend = k.Sbuf("addend", rows.DType, rows.Shape);
        var sum = k.Sbuf("sum", DType.Fp32, rows.Shape);
        k.Issue(new DmaCopy(addend, rows));
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

    /// <summary>Stores y = activation(sums + bias) + residual.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, N] in HBM.</param>
    /// <param name="value">[T, N] fp32 sums in PSUM.</param>
    /// <param name="bias">[N] in HBM, or null.</param>
    /// <param name="activation">Function of the biased sums.</param>
    /// <param name="residual">[T, N] in HBM, or null.</param>
    public static void Finish(
        KernelBuilder k, TensorView y, TensorView value, TensorView? bias, ActivationFunction activation,
        TensorView? residual)
    {
        if (bias is not null) value = Add(k, value, OnEachRow(bias, y.Shape[0]));
        if (activation != ActivationFunction.Copy) value = Activate(k, activation, value);
        if (residual is not null) value = Add(k, value, residual);
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
