namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Attention and MultiHeadAttention of ONNX Runtime.</summary>
internal static class MicrosoftAttentionOps
{
    [OnnxOp("Attention", Domain = OnnxOpAttribute.Microsoft)]
    private static void Attention(OnnxNode n)
    {
        var (e, x, w, heads) = (n.Emit, n[0], n[1], n.Int32("num_heads", 0));
        if (n.Int("do_rotary", 0) != 0 || n.Has(6)) throw new OnnxRefusal($"do_rotary or a shared buffer of keys");
        var sizes = n.Int32s("qkv_hidden_sizes", 3, w.Shape[1] / 3);
        if (sizes.Any(s => s < 1) || sizes.Sum(s => (long)s) != w.Shape[1])
            throw new OnnxRefusal($"qkv_hidden_sizes are [{string.Join(',', sizes)}], weights {w}");
        var (q, k, v) = (Head(0, sizes[0]), Head(sizes[0], sizes[1]), Head(sizes[0] + sizes[1], sizes[2]));
        var past = 0;
        if (n.Find(4) is { } pasts)
        {
            past = pasts.Shape[3];
            (k, v) = (e.Concat([Half(pasts, 0), k], 2), e.Concat([Half(pasts, 1), v], 2));
        }

        var core = new AttentionCore(e) { Scale = AttentionOps.Scale(n.Number("scale", 0), q) };
        var bias = AttentionCore.Both(e, Mask(n, n.Find(3), q, k), n.Find(5));
        n.Make(AttentionCore.Join(e, core.Mix(q, k, v, Causal(n, bias, q, k, past))));
        if (!n.Wants(1)) return;
        int[] one = [1, .. k.Shape];
        n.Make(e.Concat([e.Reshape(k, one), e.Reshape(v, one)], 0), 1);

        Value Head(int start, int width)
        {
            var y = ProductOps.Product(e, x, e.Part(w, 1, start, width));
            if (n.Find(2) is { } b) y = e.Sum(y, e.Part(b, 0, start, width));
            return AttentionCore.Split(e, y, heads);
        }

        Value Half(Value both, int i) => e.Reshape(e.Part(both, 0, i, 1), both.Shape[1..]);
    }

    [OnnxOp("MultiHeadAttention", Domain = OnnxOpAttribute.Microsoft)]
    private static void MultiHeadAttention(OnnxNode n)
    {
        var (e, heads) = (n.Emit, n.Int32("num_heads", 0));
        if (n[0].Rank != 3 || !n.Has(1) || !n.Has(2) || n.Has(8)) throw new OnnxRefusal($"packed queries and keys, or a shared buffer");
        var (start, q) = (0, n[0]);
        var (k, v) = (n[1], n[2]);
        (q, k, v) = (Head(q), Head(k), Head(v));
        var past = n.Find(6)?.Shape[2] ?? 0;
        if (n.Find(6) is { } keys) k = e.Concat([keys, k], 2);
        if (n.Find(7) is { } values) v = e.Concat([values, v], 2);
        var core = new AttentionCore(e) { Scale = AttentionOps.Scale(n.Number("scale", 0), q) };
        var bias = AttentionCore.Both(e, Mask(n, n.Find(4), q, k), n.Find(5));
        n.Make(AttentionCore.Join(e, core.Mix(q, k, v, Causal(n, bias, q, k, past))));
        n.Make(k, 1);
        n.Make(v, 2);

        Value Head(Value x)
        {
            if (x.Rank == 4) return x;
            if (n.Find(3) is { } bias) x = e.Sum(x, e.Part(bias, 0, start, x.Shape[2]));
            start += x.Shape[2];
            return AttentionCore.Split(e, x, heads);
        }
    }

    private static Value? Causal(OnnxNode n, Value? bias, Value q, Value k, int past) =>
        n.Int("unidirectional", 0) == 0 ? bias
            : AttentionCore.Both(n.Emit, bias, AttentionCore.Causal(n.Emit, q.Shape[2], k.Shape[2], past));

    /// <summary>The bias of a mask: 0 and 1 as [B, T] or [B, S, T], or the lengths of the sequences [B].</summary>
    private static Value? Mask(OnnxNode n, Value? mask, Value q, Value k)
    {
        if (mask is null || mask.IsEmpty) return null;
        var (e, batch, columns) = (n.Emit, q.Shape[0], k.Shape[2]);
        var filling = n.Number("mask_filter_value", -10000);
        Value isSeen;
        if (mask.Rank == 1 && mask.Shape[0] == batch)
            isSeen = e.Binary("less", AttentionOps.Row(e, columns), e.Reshape(e.As32(mask), batch, 1, 1, 1));
        else if (mask.Rank is 2 or 3 && mask.Shape[0] == batch && mask.Shape[^1] == columns)
            isSeen = e.Cast(e.Reshape(mask, batch, 1, mask.Rank == 3 ? mask.Shape[1] : 1, columns), OnnxType.Bool);
        else
            throw new OnnxRefusal($"mask {mask} for {batch} sequences of {columns}, expected [B], [B,T] or [B,S,T]");
        return e.Where(isSeen, AttentionCore.Number(e, 0), AttentionCore.Number(e, filling));
    }
}
