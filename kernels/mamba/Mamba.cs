namespace TrnEmu.Kernels.Mamba;

/// <summary>
/// The selective scan of a Mamba layer, one state after the other: for each state and each tile of 128 channels the
/// decay exp(delta A) on Scalar, the input delta u B on Vector, their scan along the sequence, times C, added up over
/// the states. B and C belong to all channels: the Tensor engine spreads a row over the partitions, as the product of a
/// column of ones with it. Vector is busy nearly all of the time.
/// </summary>
[Kernel("mamba",
    Summary = "y[c,t] = sum_s C[s,t] h[c,s,t], h = exp(delta[c,t] A[c,s]) h[t-1] + delta[c,t] u[c,t] B[s,t]")]
public sealed class Mamba : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("CHANNELS", 128, "channels"),
        new("SEQUENCE", 64, "steps of the scan", Maximum: MaxSequence),
        new("STATES", 4, "states of a channel"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("fp32", DType.Fp32),
        new("ragged", DType.Fp32, ("CHANNELS", 200), ("SEQUENCE", 33), ("STATES", 3)),
    ];

    /// <summary>fp32 columns of a PSUM bank, which hold a row that was spread.</summary>
    private const int MaxSequence = 512;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (channels, steps, states) = (sizes["CHANNELS"], sizes["SEQUENCE"], sizes["STATES"]);
        var inputs = new Inputs(
            k.Input("delta", dtype, [channels, steps]), k.Input("u", dtype, [channels, steps]),
            k.Input("a", dtype, [channels, states]), k.Input("b", dtype, [states, steps]),
            k.Input("c", dtype, [states, steps]));
        var y = k.Output("y", dtype, [channels, steps]);
        Chunk[] tiles = [.. Chunk.Each(channels, Limits.Partitions)];
        TensorView[] sums = [.. tiles.Select(t => k.Sbuf("sum", dtype, [t.Length, steps]))];
        var ones = k.Sbuf("ones", dtype, [1, Limits.Partitions]);
        k.Issue(new Memset(ones, 1));
        foreach (var sum in sums) k.Issue(new Memset(sum, 0), Engine.Vector);
        for (var s = 0; s < states; s++)
        {
            foreach (var t in tiles) AddState(k, inputs, ones[.., ..t.Length], t, s, sums[t.Index]);
        }

        foreach (var t in tiles) k.Issue(new DmaCopy(y[t], sums[t.Index]));
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (channels, steps, states) = (sizes["CHANNELS"], sizes["SEQUENCE"], sizes["STATES"]);
        var (delta, u, a, b, c, y) = (data["delta"], data["u"], data["a"], data["b"], data["c"], data["y"]);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var s = 0; s < states; s++)
            {
                double h = 0;
                for (var t = 0; t < steps; t++)
                {
                    var i = channel * steps + t;
                    h = Math.Exp(delta[i] * a[channel * states + s]) * h + delta[i] * u[i] * b[s * steps + t];
                    y[i] += c[s * steps + t] * h;
                }
            }
        }
    }

    /// <summary>sum += C[s] h[s] of a tile of channels.</summary>
    private static void AddState(KernelBuilder k, Inputs x, TensorView ones, Chunk tile, int s, TensorView sum)
    {
        var delta = Load(k, "delta", x.Delta[tile]);
        var a = Load(k, "a", x.A[tile, s..(s + 1)]);
        var decay = New(k, "decay", sum);
        k.Issue(new Activation(decay, ActivationFunction.Exp, delta, Scale: a), Engine.Scalar);

        var u = Load(k, "u", x.U[tile]);
        var b = Spread(k, Load(k, "b", x.B[s..(s + 1)]), ones);
        var product = New(k, "delta_u", sum);
        var driven = New(k, "delta_u_b", sum);
        k.Issue(new TensorTensor(product, delta, u, AluOp.Multiply), Engine.Vector);
        k.Issue(new TensorTensor(driven, product, b, AluOp.Multiply), Engine.Vector);

        var scanned = New(k, "scanned", sum);
        k.Issue(new TensorTensorScan(scanned, decay, driven, 0, AluOp.Multiply, AluOp.Add), Engine.Vector);

        var c = Spread(k, Load(k, "c", x.C[s..(s + 1)]), ones);
        var read = New(k, "read", sum);
        k.Issue(new TensorTensor(read, scanned, c, AluOp.Multiply), Engine.Vector);
        k.Issue(new TensorTensor(sum, sum, read, AluOp.Add), Engine.Vector);
    }

    private static TensorView Load(KernelBuilder k, string name, TensorView rows)
    {
        var tile = k.Sbuf(name, rows.DType, rows.Shape);
        k.Issue(new DmaCopy(tile, rows));
        return tile;
    }

    private static TensorView New(KernelBuilder k, string name, TensorView like) =>
        k.Sbuf(name, like.DType, like.Shape);

    /// <summary>A row [1, F] in all partitions: the product of a column of ones with it.</summary>
    private static TensorView Spread(KernelBuilder k, TensorView row, TensorView ones)
    {
        var spread = k.Psum("spread", DType.Fp32, [ones.Shape[1], row.Shape[1]]);
        k.Issue(new NcMatmul(spread, ones, row, Accumulate: false));
        return spread;
    }

    private sealed record Inputs(TensorView Delta, TensorView U, TensorView A, TensorView B, TensorView C);
}
