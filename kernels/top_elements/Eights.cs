namespace TrnEmu.Kernels.TopElements;

/// <summary>
/// Ranks by rounds of eight on Vector: the largest eight, their places (of equal ones the first first), then -inf over
/// them.
/// </summary>
internal static class Eights
{
    private const int Width = 8;

    /// <summary>The places of the largest keys of each row, largest first: uint32 [P, count].</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="keys">fp32 [P, n] in SBUF, n up to 16384, no NaN; they are lost.</param>
    /// <param name="count">Up to n; of keys that are -inf the places are of no use.</param>
    public static TensorView Rank(KernelBuilder k, TensorView keys, int count)
    {
        keys = AtLeastEight(k, keys);
        var rows = keys.Shape[0];
        var rounds = (count + Width - 1) / Width;
        var places = k.Sbuf("order", DType.UInt32, [rows, rounds * Width]);
        foreach (var round in Chunk.Each(rounds * Width, Width))
        {
            var largest = k.Sbuf("largest", DType.Fp32, [rows, Width]);
            k.Issue(new Max8(largest, keys));
            k.Issue(new NcFindIndex8(places[.., round], keys, largest));
            if (round.Index < rounds - 1)
                k.Issue(new NcMatchReplace8(keys, keys, largest, float.NegativeInfinity));
        }

        return places[.., ..count];
    }

    private static TensorView AtLeastEight(KernelBuilder k, TensorView keys)
    {
        var columns = keys.Shape[1];
        if (columns >= Width) return keys;
        var wide = k.Sbuf("padded", DType.Fp32, [keys.Shape[0], Width]);
        k.Issue(new Memset(wide, double.NegativeInfinity));
        k.Issue(new TensorCopy(wide[.., ..columns], keys));
        return wide;
    }
}
