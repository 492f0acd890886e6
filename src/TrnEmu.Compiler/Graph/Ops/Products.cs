namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Matrix products in fp64 by plain loops.</summary>
internal static class Products
{
    /// <summary>y[T,O] = x[T,I] @ w[I,O] + bias[O].</summary>
    public static double[] Multiply(double[] x, double[] w, int inner, double[]? bias = null)
    {
        var columns = w.Length / inner;
        var y = new double[x.Length / inner * columns];
        for (var i = 0; i < x.Length; i++)
        {
            var row = i / inner * columns;
            var weights = i % inner * columns;
            for (var o = 0; o < columns; o++) y[row + o] += x[i] * w[weights + o];
        }

        for (var i = 0; bias is not null && i < y.Length; i++) y[i] += bias[i % columns];
        return y;
    }

    /// <summary>Writes the result of a node: values + residual, where there is one.</summary>
    public static void Store(double[] sums, NodeValues values)
    {
        var residual = values.Find("residual");
        for (var i = 0; i < sums.Length; i++) values.Output[i] = sums[i] + (residual?[i] ?? 0);
    }
}
