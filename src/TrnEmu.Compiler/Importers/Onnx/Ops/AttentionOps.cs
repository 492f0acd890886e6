namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>The standard Attention of opset 23 on.</summary>
internal static class AttentionOps
{
    [OnnxOp("Attention")]
    private static void Attention(OnnxNode n)
    {
        var (e, isFlat) = (n.Emit, n[0].Rank == 3);
        var (q, k, v) = (n[0], n[1], n[2]);
        if (isFlat)
        {
            q = AttentionCore.Split(e, q, n.Int32("q_num_heads", 0));
            k = AttentionCore.Split(e, k, n.Int32("kv_num_heads", 0));
            v = AttentionCore.Split(e, v, n.Int32("kv_num_heads", 0));
        }

        if (q.Rank != 4 || k.Rank != 4 || v.Rank != 4) throw new OnnxRefusal($"q is {q}, k is {k}, v is {v}");
        var past = n.Find(4)?.Shape[2] ?? 0;
        if (n.Find(4) is { } pastKey) k = e.Concat([pastKey, k], 2);
        if (n.Find(5) is { } pastValue) v = e.Concat([pastValue, v], 2);
        var core = new AttentionCore(e)
        {
            Scale = Scale(n.Number("scale", 0), q), Softcap = n.Number("softcap", 0),
        };
        var y = core.Mix(q, k, v, Bias(n, q, k, past));
        n.Make(e.AsTypeOf(isFlat ? AttentionCore.Join(e, y) : y, n[0]));
        n.Make(k, 1);
        n.Make(v, 2);
        if (n.Wants(3)) n.Make(e.AsTypeOf(Scores(core, n.Int("qk_matmul_output_mode", 0)), n[0]), 3);
    }

    /// <summary>The given scale, or 1 / sqrt(D).</summary>
    public static double Scale(double given, Value q) => given != 0 ? given : 1 / Math.Sqrt(q.Shape[^1]);

    private static Value Scores(AttentionCore core, long mode) => mode switch
    {
        0 => core.Raw!,
        1 => core.Capped!,
        2 => core.Biased!,
        3 => core.Weights!,
        _ => throw new OnnxRefusal($"qk_matmul_output_mode is {mode}, expected 0 to 3"),
    };

    private static Value? Bias(OnnxNode n, Value q, Value k, int past)
    {
        var (e, rows, columns) = (n.Emit, q.Shape[2], k.Shape[2]);
        Value? bias = null;
        if (n.Find(3) is { } mask)
        {
            bias = mask.Type == OnnxType.Bool ? AttentionCore.FromMask(e, mask) : e.Wide(mask);
            var missing = columns - bias.Shape[^1];
            if (missing > 0 && bias.Shape[^1] > 1 || missing > 0 && n.Opset >= 24)
                bias = e.Pad(bias, new int[bias.Rank], [.. new int[bias.Rank - 1], missing], double.NegativeInfinity);
        }

        var lengths = n.Find(6);
        if (n.Int("is_causal", 0) != 0)
            bias = AttentionCore.Both(e, bias, lengths is null
                ? AttentionCore.Causal(e, rows, columns, past) : CausalFrom(e, lengths, rows, columns));
        if (lengths is null) return bias;
        var ends = e.Reshape(e.As32(lengths), [(int)lengths.Count, 1, 1, 1]);
        return AttentionCore.Both(e, bias, AttentionCore.FromMask(e, e.Binary("less", Row(e, columns), ends)));
    }

    /// <summary>Causal masks of batches whose last query is at the end of the keys that are valid.</summary>
    private static Value CausalFrom(Emitter e, Value lengths, int rows, int columns)
    {
        var offsets = e.Reshape(e.As32(lengths), [(int)lengths.Count, 1, 1, 1]);
        var column = e.Reshape(Row(e, rows), rows, 1);
        var last = e.Sum(offsets, e.Difference(column, e.Like(column, rows)));
        return AttentionCore.FromMask(e, e.Binary("less_or_equal", Row(e, columns), last));
    }

    /// <summary>0, 1, … as int32[n].</summary>
    public static Value Row(Emitter e, int n) =>
        e.As32(e.Constant(OnnxType.Int32, [n], [.. Enumerable.Range(0, n).Select(i => (double)i)]));
}
