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
        var bias = AttentionCore.Both(e, Mask(n, n.Find(3), q, k, past), n.Find(5));
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
        if (n.Has(8)) throw new OnnxRefusal($"a shared buffer of keys");
        var start = 0;
        var (q, k, v) = Operands(n);
        (q, k, v) = (Head(q), Head(k), Head(v));
        var past = n.Find(6)?.Shape[2] ?? 0;
        if (n.Find(6) is { } keys) k = e.Concat([keys, k], 2);
        if (n.Find(7) is { } values) v = e.Concat([values, v], 2);
        var core = new AttentionCore(e) { Scale = AttentionOps.Scale(n.Number("scale", 0), q) };
        var bias = AttentionCore.Both(e, Mask(n, n.Find(4), q, k, past), n.Find(5));
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

    /// <summary>Queries, keys and values: apart, or packed as [B, S, H, 3, D] or keys and values as [B, T, H, 2, D].</summary>
    private static (Value Q, Value K, Value V) Operands(OnnxNode n)
    {
        var (q, k) = (n[0], n.Find(1));
        if (q.Rank == 5 && k is null && !n.Has(2)) return (Packed(q, 0, 3), Packed(q, 1, 3), Packed(q, 2, 3));
        if (q.Rank == 3 && k is { Rank: 5 } && !n.Has(2)) return (q, Packed(k, 0, 2), Packed(k, 1, 2));
        if (q.Rank == 3 && k is { Rank: 3 or 4 } && n.Find(2) is { } v && v.Rank == k.Rank) return (q, k, v);
        throw new OnnxRefusal($"queries {q}, keys {(object?)k ?? "left out"}, values {(object?)n.Find(2) ?? "left out"}");

        Value Packed(Value x, int part, int parts) => x.Shape[3] != parts
            ? throw new OnnxRefusal($"packed {x}, expected {parts} along axis 3")
            : n.Emit.Reshape(n.Emit.Part(x, 3, part, 1), x.Shape[0], x.Shape[1], x.Shape[2] * x.Shape[4]);
    }

    private static Value? Causal(OnnxNode n, Value? bias, Value q, Value k, int past) =>
        n.Int("unidirectional", 0) == 0 ? bias
            : AttentionCore.Both(n.Emit, bias, AttentionCore.Causal(n.Emit, q.Shape[2], k.Shape[2], past));

    /// <summary>The bias of a mask: 0 and 1 as [B, T], [B, S, T] or [B, 1, M, M], of which the rows and columns of these
    /// positions count; or the ends of the sequences [B]; or their ends and then their starts [2 * B].</summary>
    private static Value? Mask(OnnxNode n, Value? mask, Value q, Value k, int past)
    {
        if (mask is null || mask.IsEmpty) return null;
        var (e, batch, columns) = (n.Emit, q.Shape[0], k.Shape[2]);
        var filling = n.Number("mask_filter_value", -10000);
        Value isSeen;
        if (mask.Rank == 1 && mask.Shape[0] == batch)
            isSeen = e.Binary("less", AttentionOps.Row(e, columns), Limit(0));
        else if (mask.Rank == 1 && mask.Shape[0] == 2 * batch)
            isSeen = e.Binary(
                "and", e.Binary("less", AttentionOps.Row(e, columns), Limit(0)),
                e.Binary("greater_or_equal", AttentionOps.Row(e, columns), Limit(batch)));
        else if (mask.Rank == 4 && mask.Shape[0] == batch && mask.Shape[1] == 1 && mask.Shape[2] >= past + q.Shape[2]
            && mask.Shape[3] >= columns)
            isSeen = e.Cast(e.Part(e.Part(mask, 2, past, q.Shape[2]), 3, 0, columns), OnnxType.Bool);
        else if (mask.Rank is 2 or 3 && mask.Shape[0] == batch && mask.Shape[^1] == columns)
            isSeen = e.Cast(e.Reshape(mask, batch, 1, mask.Rank == 3 ? mask.Shape[1] : 1, columns), OnnxType.Bool);
        else
            throw new OnnxRefusal($"mask {mask} for {batch} sequences of {columns}, expected [B], [2*B], [B,T], [B,S,T] or [B,1,M,M]");
        return e.Where(isSeen, AttentionCore.Number(e, 0), AttentionCore.Number(e, filling));

        Value Limit(int from) => e.Reshape(e.As32(e.Part(mask, 0, from, batch)), batch, 1, 1, 1);
    }
}
