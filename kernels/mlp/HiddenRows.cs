using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.Mlp;

/// <summary>The hidden rows of a two-step layer, turned for the second product: [128, slots, T] in SBUF.</summary>
internal static class HiddenRows
{
    /// <summary>The rows of x in groups whose hidden values have room in SBUF.</summary>
    public static IEnumerable<Chunk[]> Groups(KernelBuilder k, TensorView x, TensorView up, DType next) =>
        RowGroup.Each(k, x.Shape[0], x.Shape[1] + up.Shape[1], Product.TypeOf(x.DType, next));

    /// <summary>activation(x @ gate) * (x @ up), as a factor of a matrix of dtype <paramref name="next"/>.</summary>
    public static TensorView[] Gated(
        KernelBuilder k, TensorView x, Chunk[] group, TensorView gate, TensorView up, ActivationFunction activation,
        DType next)
    {
        var turned = Load(k, x, group, Product.TypeOf(gate.DType, up.DType));
        var hidden = Hidden(k, x, group, up, next);
        foreach (var f in Chunk.Each(up.Shape[1], Product.Columns))
        {
            var gates = Product.Sums(k, turned, gate, f);
            TensorView[] gated = [.. gates.Select(sums => k.Sbuf("gated", DType.Fp32, sums.Shape))];
            for (var i = 0; i < gated.Length; i++) k.Issue(new Activation(gated[i], activation, gates[i]));
            var ups = Product.Sums(k, turned, up, f);
            for (var i = 0; i < gated.Length; i++)
                k.Issue(new TensorTensor(hidden[i][.., f], gated[i], ups[i], AluOp.Multiply));
        }

        return [.. hidden.Select(rows => TurnedRows.Turn(k, rows))];
    }

    /// <summary>activation(x @ up + bias), as a factor of a matrix of dtype <paramref name="next"/>.</summary>
    public static TensorView[] Plain(
        KernelBuilder k, TensorView x, Chunk[] group, TensorView up, TensorView? bias, ActivationFunction activation,
        DType next)
    {
        var turned = Load(k, x, group, up.DType);
        var hidden = Hidden(k, x, group, up, next);
        foreach (var f in Chunk.Each(up.Shape[1], Product.Columns))
        {
            var sums = Product.Sums(k, turned, up, f);
            var offset = new RowAddend(bias?.Reshape([up.Shape[1]])[f]);
            for (var i = 0; i < sums.Length; i++)
                k.Issue(new Activation(hidden[i][.., f], activation, offset.Add(k, sums[i])));
        }

        return [.. hidden.Select(rows => TurnedRows.Turn(k, rows))];
    }

    private static TensorView[] Load(KernelBuilder k, TensorView x, Chunk[] group, DType factor) =>
        [.. group.Select(t => TurnedRows.Load(k, x[t], Product.TypeOf(x.DType, factor)))];

    private static TensorView[] Hidden(KernelBuilder k, TensorView x, Chunk[] group, TensorView up, DType next) =>
        [.. group.Select(t => k.Sbuf("hidden", Product.TypeOf(x.DType, next), [t.Length, up.Shape[1]]))];
}
