namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>
/// GroupQueryAttention of ONNX Runtime. How many positions are valid decides shapes, so seqlens_k and
/// total_sequence_length must be known as the model is compiled.
/// </summary>
internal static class GroupQueryOps
{
    [OnnxOp("GroupQueryAttention", Domain = OnnxOpAttribute.Microsoft)]
    private static void GroupQueryAttention(OnnxNode n)
    {
        if (n.Has(11) || n.Int("smooth_softmax", 0) > 0 || n.Int("qk_output", 0) != 0)
            throw new OnnxRefusal($"attention sinks or an output of scores");
        if (n.Int("causal", 1) == 0 || n.Int("sliding_window_cache", 0) != 0)
            throw new OnnxRefusal($"attention that is not causal, or a cache that is a window");
        if (Enumerable.Range(12, 4).Any(n.Has)) throw new OnnxRefusal($"quantised keys and values, or norms of queries and keys");
        var (e, heads, groups) = (n.Emit, n.Int32("num_heads", 0), n.Int32("kv_num_heads", 0));
        if (heads < 1 || groups < 1) throw new OnnxRefusal($"num_heads is {heads}, kv_num_heads is {groups}");
        var (q, k, v) = Heads(n, heads, groups);
        var (rows, total) = (q.Shape[2], (int)n.KnownInt(6, "total_sequence_length"));
        var past = Past(n, rows, total);
        if (n.Int("do_rotary", 0) != 0)
        {
            var (cos, sin) = (Angles(n, 7, past, rows), Angles(n, 8, past, rows));
            var isInterleaved = n.Int("rotary_interleaved", 0) != 0;
            (q, k) = (RotaryOps.Rotated(e, q, cos, sin, isInterleaved), RotaryOps.Rotated(e, k, cos, sin, isInterleaved));
        }

        (k, v) = (Present(e, n.Find(3), k, past), Present(e, n.Find(4), v, past));
        var core = new AttentionCore(e)
        {
            Scale = AttentionOps.Scale(n.Number("scale", 0), q),
            Softcap = n.Number("softcap", 0),
        };
        var bias = AttentionCore.Causal(e, rows, k.Shape[2], past, n.Int32("local_window_size", -1));
        if (n.Find(10) is { } own) bias = e.Sum(e.Wide(bias), e.Wide(own));
        n.Make(AttentionCore.Join(e, core.Mix(q, k, v, bias)));
        n.Make(k, 1);
        n.Make(v, 2);
    }

    private static (Value Q, Value K, Value V) Heads(OnnxNode n, int heads, int groups)
    {
        var e = n.Emit;
        if (n.Has(1))
            return (AttentionCore.Split(e, n[0], heads), AttentionCore.Split(e, n[1], groups), AttentionCore.Split(e, n[2], groups));
        var size = n[0].Shape[2] / (heads + 2 * groups);
        return (Packed(0, heads), Packed(heads, groups), Packed(heads + groups, groups));

        Value Packed(int start, int count) => AttentionCore.Split(e, e.Part(n[0], 2, start * size, count * size), count);
    }

    /// <summary>Positions before the first query, one number for all sequences.</summary>
    private static int Past(OnnxNode n, int rows, int total)
    {
        var lengths = n.KnownInts(5, "seqlens_k");
        var room = n.Find(3)?.Shape[2] ?? 0;
        if (lengths.Length == 0 || lengths.Any(l => l != lengths[0]))
        {
            if (room > 0) throw new OnnxRefusal($"sequences of different lengths behind a past");
            return 0;
        }

        var past = room == 0 ? 0 : lengths[0] + 1 - rows;
        if (total < rows || past < 0 || past > room || (room < total && past != room))
            throw new OnnxRefusal($"seqlens_k is {lengths[0]}, {rows} queries, room for {room}, total_sequence_length {total}");
        return (int)past;
    }

    /// <summary>Keys or values with the new ones at their positions; a buffer keeps its length.</summary>
    private static Value Present(Emitter e, Value? past, Value now, int start)
    {
        if (past is null) return now;
        var after = past.Shape[2] - start - now.Shape[2];
        var parts = new List<Value> { e.Part(past, 2, 0, start), now };
        if (after > 0) parts.Add(e.Part(past, 2, start + now.Shape[2], after));
        return e.Concat(parts, 2);
    }

    private static Value Angles(OnnxNode n, int operand, int past, int rows)
    {
        var (e, cache) = (n.Emit, n[operand]);
        if (n.Find(9) is { } positions) return GatherOps.Take(e, cache, 0, positions);
        if (cache.Rank != 2 || past + rows > cache.Shape[0]) throw new OnnxRefusal($"cos and sin {cache} for {past + rows} positions");
        return e.Reshape(e.Part(cache, 0, past, rows), 1, rows, cache.Shape[1]);
    }
}
