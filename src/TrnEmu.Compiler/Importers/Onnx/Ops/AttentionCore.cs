using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>
/// softmax(softcap(scale * q @ k^T) + bias) @ v by generic operations. Scores are kept in fp32; a row that is masked as
/// a whole gives zeros. Heads that share keys are stacked as further rows of q, so that nothing is copied for them.
/// </summary>
internal sealed class AttentionCore(Emitter e)
{
    /// <summary>What the scores are multiplied by.</summary>
    public required double Scale { get; init; }

    /// <summary>Limit of the scores, cap * tanh(score / cap); 0 for none.</summary>
    public double Softcap { get; init; }

    /// <summary>Scores: scale * q @ k^T.</summary>
    public Value? Raw { get; private set; }

    /// <summary>Scores after the softcap.</summary>
    public Value? Capped { get; private set; }

    /// <summary>Scores with the bias.</summary>
    public Value? Biased { get; private set; }

    /// <summary>Weights of positions.</summary>
    public Value? Weights { get; private set; }

    /// <summary>Mixes values.</summary>
    /// <param name="q">[B, H, S, D].</param>
    /// <param name="k">[B, Hk, T, D], H a multiple of Hk.</param>
    /// <param name="v">[B, Hk, T, Dv].</param>
    /// <param name="bias">What is added to [B, H, S, T], broadcast; -inf where masked. Or null.</param>
    /// <returns>[B, H, S, Dv].</returns>
    public Value Mix(Value q, Value k, Value v, Value? bias)
    {
        var (heads, rows, groups, positions) = (q.Shape[1], q.Shape[2], k.Shape[1], k.Shape[2]);
        if (groups == 0 || heads % groups != 0) throw new OnnxRefusal($"{heads} heads share keys of {groups}");
        int[] stacked = [q.Shape[0], groups, heads / groups * rows], scores = [q.Shape[0], heads, rows, positions];
        var product = e.MatMul(e.Reshape(q, [.. stacked, q.Shape[3]]), e.Turn(k), DType.Fp32, OnnxType.Float);
        Raw = e.Scaled(e.Reshape(product, scores), Scale);
        Capped = Softcap == 0 ? Raw
            : e.Scaled(e.Unary("tanh", e.Scaled(Raw, 1 / Softcap)), Softcap);
        Biased = bias is null ? Capped : e.Sum(Capped, e.Wide(bias));
        Weights = e.Softmax(Biased, 3);
        if (bias is not null) Weights = Unmasked(Weights, e.Wide(bias));
        var weights = e.Reshape(e.AsTypeOf(Weights, v), [.. stacked, positions]);
        return e.Reshape(e.MatMul(weights, v), q.Shape[0], heads, rows, v.Shape[3]);
    }

    /// <summary>The bias of causal masks: -inf where column &gt; row + offset.</summary>
    /// <param name="e">Adds operations.</param>
    /// <param name="rows">Queries.</param>
    /// <param name="columns">Positions.</param>
    /// <param name="offset">Position of the first query.</param>
    /// <param name="window">Positions that a query sees, itself included; 0 or less for all.</param>
    public static Value Causal(Emitter e, int rows, int columns, int offset, int window = 0)
    {
        if (!e.TrySpend((long)rows * columns)) throw new OnnxRefusal($"a causal mask of {rows} x {columns}");
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns + offset, i % columns);
            if (column > row || (window > 0 && column <= row - window)) values[i] = double.NegativeInfinity;
        }

        return e.Constant(OnnxType.Float, [rows, columns], values) with { DType = DType.Fp32 };
    }

    /// <summary>-inf where a mask is false, else 0.</summary>
    public static Value FromMask(Emitter e, Value mask) =>
        e.Where(mask, Number(e, 0), Number(e, double.NegativeInfinity));

    /// <summary>A number in fp32.</summary>
    public static Value Number(Emitter e, double value) =>
        e.Constant(OnnxType.Float, [], [value]) with { DType = DType.Fp32 };

    /// <summary>Two biases, of which either may be missing.</summary>
    public static Value? Both(Emitter e, Value? a, Value? b) =>
        a is null ? b : b is null ? a : e.Sum(e.Wide(a), e.Wide(b));

    /// <summary>[B, S, H * D] as [B, H, S, D].</summary>
    public static Value Split(Emitter e, Value x, int heads)
    {
        if (x.Rank != 3 || heads < 1 || x.Shape[2] % heads != 0) throw new OnnxRefusal($"{x} is not [B, S, {heads} * D]");
        return e.Transpose(e.Reshape(x, x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads), 0, 2, 1, 3);
    }

    /// <summary>[B, H, S, D] as [B, S, H * D].</summary>
    public static Value Join(Emitter e, Value x) =>
        e.Reshape(e.Transpose(x, 0, 2, 1, 3), x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]);

    private Value Unmasked(Value weights, Value bias)
    {
        if (bias.IsEmpty || weights.IsEmpty) return weights;
        if (bias.Rank == 0 || bias.Shape[^1] == 1) bias = e.Expand(bias, Shapes.Broadcast(bias.Shape, weights.Shape[3..]));
        var highest = e.Reduce("max", bias, bias.Rank - 1);
        var isMasked = e.Binary("equal", highest, Number(e, double.NegativeInfinity));
        if (isMasked.Constant is { } data && Array.TrueForAll(data.Values, m => m == 0)) return weights;
        return e.Where(isMasked, Number(e, 0), weights);
    }
}
