namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Rotary position embedding.</summary>
internal static class RotaryOps
{
    [OnnxOp("RotaryEmbedding")]
    private static void Rotary(OnnxNode n) =>
        n.Make(Rotary(n, n.Find(3), n[1], n[2], n.Int32("rotary_embedding_dim", 0), n.Int32("num_heads", 0)));

    [OnnxOp("RotaryEmbedding", Domain = OnnxOpAttribute.Microsoft)]
    private static void MicrosoftRotary(OnnxNode n)
    {
        if (n.Number("scale", 1) != 1 || n.Int("is_packed_batching", 0) != 0)
            throw new OnnxRefusal($"a scale or packed batches");
        n.Make(Rotary(n, n[1], n[2], n[3], n.Int32("rotary_embedding_dim", 0), n.Int32("num_heads", 0)));
    }

    /// <summary>Rotates pairs of x[B, H, S, D] by angles of which cos and sin are [B or 1, S, R / 2]; the rest of D
    /// stays.</summary>
    public static Value Rotated(Emitter e, Value x, Value cos, Value sin, bool isInterleaved)
    {
        var half = cos.Shape[^1];
        if (2 * half > x.Shape[3]) throw new OnnxRefusal($"{2 * half} rotated of {x}");
        int[] angles = [cos.Shape[0], 1, cos.Shape[1], half];
        var (c, s) = (e.Reshape(e.Wide(cos), angles), e.Reshape(e.Wide(sin), angles));
        var wide = e.Wide(x);
        var (a, b) = isInterleaved
            ? (Every(e, wide, 0, half), Every(e, wide, 1, half)) : (e.Part(wide, 3, 0, half), e.Part(wide, 3, half, half));
        var real = e.Difference(e.Product(c, a), e.Product(s, b));
        var imaginary = e.Sum(e.Product(s, a), e.Product(c, b));
        var y = isInterleaved ? Woven(e, real, imaginary) : e.Concat([real, imaginary], 3);
        y = e.Concat([y, e.Part(wide, 3, 2 * half, x.Shape[3] - 2 * half)], 3);
        return e.AsTypeOf(y, x);
    }

    private static Value Rotary(OnnxNode n, Value? positions, Value cos, Value sin, int size, int heads)
    {
        var (e, x) = (n.Emit, n[0]);
        var isFlat = x.Rank == 3;
        if (isFlat && heads == 0) heads = x.Shape[2] / (size > 0 ? size : 2 * cos.Shape[^1]);
        if (isFlat) x = AttentionCore.Split(e, x, heads);
        if (positions is not null)
        {
            if (positions.Count == 1 && x.Shape[2] > 1)
                positions = e.Sum(e.Reshape(e.As32(positions), 1, 1), e.Reshape(AttentionOps.Row(e, x.Shape[2]), 1, x.Shape[2]));
            if (positions.Rank == 1) positions = e.Reshape(positions, 1, positions.Shape[0]);
            (cos, sin) = (GatherOps.Take(e, cos, 0, positions), GatherOps.Take(e, sin, 0, positions));
        }

        if (cos.Rank != 3 || cos.Shape[1] != x.Shape[2] || !cos.Shape.SequenceEqual(sin.Shape))
            throw new OnnxRefusal($"cos is {cos}, sin is {sin}, x is {n[0]}");
        if (size > 0 && size != 2 * cos.Shape[2]) throw new OnnxRefusal($"rotary_embedding_dim is {size}, cos is {cos}");
        var y = Rotated(e, x, cos, sin, n.Int("interleaved", 0) != 0);
        return isFlat ? AttentionCore.Join(e, y) : y;
    }

    private static Value Every(Emitter e, Value x, int start, int count) =>
        e.Slice(x, [0, 0, 0, start], [.. x.Shape[..3], count], [1, 1, 1, 2]);

    private static Value Woven(Emitter e, Value a, Value b)
    {
        int[] column = [.. a.Shape, 1];
        return e.Reshape(e.Concat([e.Reshape(a, column), e.Reshape(b, column)], 4), [.. a.Shape[..3], 2 * a.Shape[3]]);
    }
}
