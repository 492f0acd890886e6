namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>EmbedLayerNormalization of ONNX Runtime: embeddings of words, positions and segments, summed and
/// normalised.</summary>
internal static class EmbedOps
{
    [OnnxOp("EmbedLayerNormalization", Domain = OnnxOpAttribute.Microsoft)]
    private static void EmbedLayerNorm(OnnxNode n)
    {
        var (e, ids) = (n.Emit, n[0]);
        if (ids.Rank != 2) throw new OnnxRefusal($"ids are {ids}, expected [B, S]");
        var sum = GatherOps.Take(e, n[2], 0, ids);
        var positions = n.Find(8) is { } given ? GatherOps.Take(e, n[3], 0, given) : First(n, ids.Shape[1]);
        sum = e.Sum(sum, positions);
        if (n.Find(1) is { } segments && n.Find(4) is { } table) sum = e.Sum(sum, GatherOps.Take(e, table, 0, segments));
        n.Make(NormOps.Layer(e, sum, n[5], n[6], 2, n.Number("epsilon", 1e-12f)));
        if (n.Wants(1)) n.Make(Lengths(n, ids), 1);
        if (n.Wants(2)) n.Make(sum, 2);
    }

    private static Value First(OnnxNode n, int rows) => rows <= n[3].Shape[0]
        ? n.Emit.Part(n[3], 0, 0, rows) : throw new OnnxRefusal($"{rows} positions of {n[3]}");

    private static Value Lengths(OnnxNode n, Value ids)
    {
        var e = n.Emit;
        if (n.Find(7) is not { } mask) return e.Filled(e.Constant(OnnxType.Int32, [], [0]), [ids.Shape[0]], 0);
        return e.Reshape(e.Reduce("sum", e.Cast(mask, OnnxType.Int32), 1), ids.Shape[0]);
    }
}
