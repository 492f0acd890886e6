namespace TrnEmu.Compiler.Importers;

/// <summary>The tensors of a llama2.c file in the order in which they stand there.</summary>
internal static class LlamaLayout
{
    /// <summary>The parts of a file with that header.</summary>
    public static IEnumerable<LlamaPart> Of(LlamaHeader header) =>
        header.Version == 0 ? Legacy(header.Sizes, header.IsTied) : Versioned(header);

    /// <summary>Bytes of all parts.</summary>
    public static Int128 Bytes(LlamaHeader header) => Of(header).Aggregate(
        (Int128)0,
        (sum, p) => sum + (Int128)(p.IsPerLayer ? header.Sizes.Layers : 1) * p.Bytes(header.Group));

    /// <summary>Norms stand before the matrices that follow them; the tables of rotations are part of the
    /// file.</summary>
    private static IEnumerable<LlamaPart> Legacy(LlamaSizes s, bool isTied) =>
    [
        Embedding(s, isTied), Norm("attention_norm", s), .. Attention(s), Norm("ffn_norm", s), .. Mlp(s), FinalNorm(s),
        new(ConstantNames.Cos, LlamaUse.Rotation, s.Positions, s.Pairs),
        new(ConstantNames.Sin, LlamaUse.Rotation, s.Positions, s.Pairs), .. Classifier(s, isTied),
    ];

    /// <summary>All norms stand first, as fp32; what follows is fp32 in version 1 and int8 with scales in version
    /// 2.</summary>
    private static IEnumerable<LlamaPart> Versioned(LlamaHeader header)
    {
        var (s, isTied, isQuantised) = (header.Sizes, header.IsTied, header.Group > 0);
        LlamaPart[] matrices = [Embedding(s, isTied), .. Attention(s), .. Mlp(s), .. Classifier(s, isTied)];
        return
        [
            Norm("attention_norm", s), Norm("ffn_norm", s), FinalNorm(s),
            .. matrices.Select(m => m with { IsQuantised = isQuantised }),
        ];
    }

    private static LlamaPart Embedding(LlamaSizes s, bool isTied) =>
        new(ConstantNames.Embedding, isTied ? LlamaUse.Shared : LlamaUse.Table, s.Vocabulary, s.Dim);

    private static LlamaPart Norm(string name, LlamaSizes s) =>
        new(name, LlamaUse.Table, 1, s.Dim) { IsPerLayer = true };

    private static LlamaPart FinalNorm(LlamaSizes s) => new(ConstantNames.FinalNorm, LlamaUse.Table, 1, s.Dim);

    private static LlamaPart[] Attention(LlamaSizes s) =>
    [
        Matrix("wq", s.QueryDim, s.Dim), Matrix("wk", s.KvDim, s.Dim), Matrix("wv", s.KvDim, s.Dim),
        Matrix("wo", s.Dim, s.QueryDim),
    ];

    private static LlamaPart[] Mlp(LlamaSizes s) =>
        [Matrix("w1", s.Hidden, s.Dim), Matrix("w2", s.Dim, s.Hidden), Matrix("w3", s.Hidden, s.Dim)];

    private static LlamaPart[] Classifier(LlamaSizes s, bool isTied) =>
        isTied ? [] : [new(ConstantNames.Classifier, LlamaUse.Classifier, s.Vocabulary, s.Dim)];

    private static LlamaPart Matrix(string name, int outputs, int inputs) =>
        new(name, LlamaUse.Matrix, outputs, inputs) { IsPerLayer = true };
}
