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
            Scale = Scale(n.Number("scale", 0), q),
            Softcap = n.Number("softcap", 0),
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
        var isCausal = n.Int("is_causal", 0) != 0;
        var (left, right) = (Width(n, "left_window_size"), isCausal ? 0 : Width(n, "right_window_size"));
        if (n.Int32("local_window_size", -1) > 0) throw new OnnxRefusal($"local_window_size, expected left_window_size");
        if (isCausal && left < 0 && lengths is null)
            return AttentionCore.Both(e, bias, AttentionCore.Causal(e, rows, columns, past));
        if (left >= 0 || right >= 0) bias = Limited(e, bias, Positions(e, lengths, rows, past), columns, left, right);
        if (lengths is null) return bias;
        var ends = e.Reshape(e.As32(lengths), [(int)lengths.Count, 1, 1, 1]);
        return AttentionCore.Both(e, bias, AttentionCore.FromMask(e, e.Binary("less", Row(e, columns), ends)));
    }

    /// <summary>How far a query sees to one side; -1 for all.</summary>
    private static int Width(OnnxNode n, string name) => Math.Min(n.Int32(name, -1), 1 << 30);

    /// <summary>Positions of queries among the keys, [rows, 1] or [B, 1, rows, 1]: behind the past, or such that the last
    /// is at the end of the keys that are valid.</summary>
    private static Value Positions(Emitter e, Value? lengths, int rows, int past)
    {
        var column = e.Reshape(Row(e, rows), rows, 1);
        if (lengths is null) return e.Sum(column, e.Like(column, past));
        var ends = e.Reshape(e.As32(lengths), [(int)lengths.Count, 1, 1, 1]);
        return e.Sum(ends, e.Difference(column, e.Like(column, rows)));
    }

    /// <summary>A bias with -inf outside of the keys from position - left to position + right.</summary>
    private static Value? Limited(Emitter e, Value? bias, Value positions, int columns, int left, int right)
    {
        var keys = Row(e, columns);
        if (right >= 0) bias = AttentionCore.Both(e, bias, AttentionCore.FromMask(
            e, e.Binary("less_or_equal", keys, e.Sum(positions, e.Like(positions, right)))));
        if (left >= 0) bias = AttentionCore.Both(e, bias, AttentionCore.FromMask(
            e, e.Binary("greater_or_equal", keys, e.Difference(positions, e.Like(positions, left)))));
        return bias;
    }

    /// <summary>0, 1, … as int32[n].</summary>
    public static Value Row(Emitter e, int n) =>
        e.As32(e.Constant(OnnxType.Int32, [n], [.. Enumerable.Range(0, n).Select(i => (double)i)]));
}
