namespace TrnEmu.Kernels.TopElements;

/// <summary>Elements of rows and where they stand in them.</summary>
/// <param name="Values">[P, n] in SBUF.</param>
/// <param name="Places">uint32 [P, n] in SBUF.</param>
internal sealed record Candidates(TensorView Values, TensorView Places)
{
    public int Count => Values.Shape[1];

    /// <summary>The best so far, then elements of HBM, whose first stands at a place.</summary>
    public static Candidates Load(KernelBuilder k, TensorView part, int start, Candidates? best)
    {
        var (rows, columns, before) = (part.Shape[0], part.Shape[1], best?.Count ?? 0);
        var list = New(k, part.DType, rows, before + columns);
        k.Issue(new DmaCopy(list.Values[.., before..], part));
        k.Issue(new Iota(list.Places[.., before..], [new AffineLevel(1, columns)], start));
        if (best is null) return list;
        k.Issue(new TensorCopy(list.Values[.., ..before], best.Values));
        k.Issue(new TensorCopy(list.Places[.., ..before], best.Places));
        return list;
    }

    /// <summary>Those that an order uint32 [P, count] names.</summary>
    public Candidates Pick(KernelBuilder k, TensorView order)
    {
        var picked = New(k, Values.DType, order.Shape[0], order.Shape[1]);
        k.Issue(new NcNGather(picked.Values, Values, order));
        k.Issue(new NcNGather(picked.Places, Places, order));
        return picked;
    }

    private static Candidates New(KernelBuilder k, DType dtype, int rows, int count) => new(
        k.Sbuf("values", dtype, [rows, count]), k.Sbuf("places", DType.UInt32, [rows, count]));
}
