using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.Mlp;

/// <summary>The hidden rows of a two-step layer, turned for the second product: [128, slots, T] in SBUF.</summary>
internal static class HiddenRows
{
    /// <summary>activation(x @ gate) * (x @ up), as a factor of a matrix of dtype <paramref name="next"/>.</summary>
    public static TensorView Gated(
        KernelBuilder k, TensorView x, TensorView gate, TensorView up, ActivationFunction activation, DType next)
    {
        var type = Product.TypeOf(gate.DType, up.DType);
        var turned = TurnedRows.Load(k, x, Product.TypeOf(x.DType, type));
        var hidden = k.Sbuf("hidden", Product.TypeOf(x.DType, next), [x.Shape[0], up.Shape[1]]);
        foreach (var f in Chunk.Each(up.Shape[1], Product.Columns))
        {
            var gated = k.Sbuf("gated", DType.Fp32, [x.Shape[0], f.Length]);
            k.Issue(new Activation(gated, activation, Product.Sums(k, turned, gate, f)));
            k.Issue(new TensorTensor(hidden[.., f], gated, Product.Sums(k, turned, up, f), AluOp.Multiply));
        }

        return TurnedRows.Turn(k, hidden);
    }

    /// <summary>activation(x @ up + bias), as a factor of a matrix of dtype <paramref name="next"/>.</summary>
    public static TensorView Plain(
        KernelBuilder k, TensorView x, TensorView up, TensorView? bias, ActivationFunction activation, DType next)
    {
        var turned = TurnedRows.Load(k, x, Product.TypeOf(x.DType, up.DType));
        var hidden = k.Sbuf("hidden", Product.TypeOf(x.DType, next), [x.Shape[0], up.Shape[1]]);
        foreach (var f in Chunk.Each(up.Shape[1], Product.Columns))
        {
            var value = Product.Sums(k, turned, up, f);
            if (bias is not null) value = Epilogue.Add(k, value, Epilogue.OnEachRow(bias, x.Shape[0])[.., f]);
            k.Issue(new Activation(hidden[.., f], activation, value));
        }

        return TurnedRows.Turn(k, hidden);
    }
}
