using TrnEmu.Kernels.CacheAppend;
using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.Attention;

/// <summary>
/// Causal attention over a cache, with query heads that share key heads. Heads are batched on both sides: key heads lie
/// side by side on the 128 partitions that a product contracts, query heads and tokens make up to 128 rows of it, each
/// with zeros for the heads that are not its own. One token of a small model is one product, one softmax, one product.
/// </summary>
[Kernel("attention",
    Summary = "y[T,H,D] = softmax(q[T,H,D] @ keys[S,H/G,D].T / sqrt(D), up to row P + t) @ values[S,H/G,D]")]
public sealed class Attention : IKernel
{
    // Tiles of tokens that share what is loaded, if their masks have room in a quarter of SBUF.
    private const int MostTiles = 4, ShareOfMasks = 4;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("T", 128, "rows: tokens", Maximum: Limits.Partitions),
        new("K", 4, "key heads"),
        new("G", 2, "query heads that share a key head"),
        new("D", 64, "columns of a head", Maximum: Limits.Partitions),
        .. PositionInput.Dimensions,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("D", 8), ("P", 200), ("R", 55)),
        new("decode_wide", DType.Bf16, ("T", 1), ("K", 2), ("G", 4), ("D", 128), ("P", 611), ("R", 0)),
        new("first", DType.Fp32, ("T", 1), ("K", 1), ("P", 0), ("R", 0)),
        new("middle", DType.Fp32, ("T", 5), ("K", 2), ("G", 3), ("D", 16), ("P", 37), ("R", 100)),
        new("ragged", DType.Fp32, ("T", 17), ("K", 3), ("G", 1), ("D", 48), ("P", 0), ("R", 0)),
        new("split", DType.Bf16, ("T", 40), ("K", 3), ("G", 5), ("D", 40), ("P", 9)),
    ];

    /// <summary>
    /// Records y = softmax(scale q keys.T) values; token t sees rows 0 to position + t of the cache, which holds the
    /// tokens' own rows already. Scores and softmax are fp32; factors enter the array as fp32 if any of them is wide.
    /// </summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, heads * size] in HBM.</param>
    /// <param name="q">[T, heads * size] in HBM; size up to 128.</param>
    /// <param name="keys">[S, kvHeads * size] in HBM; finite, also in rows that nobody sees.</param>
    /// <param name="values">[S, kvHeads * size] in HBM, the same.</param>
    /// <param name="position">int32 [1, 1] in HBM; S - 1 or more lets all tokens see all rows.</param>
    /// <param name="heads">Query heads, a multiple of kvHeads.</param>
    /// <param name="kvHeads">Key heads; query head h uses key head h / (heads / kvHeads).</param>
    /// <param name="scale">Factor of the scores.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView q, TensorView keys, TensorView values, TensorView position, int heads,
        int kvHeads, float scale)
    {
        var bytesOfMask = keys.Shape[0] * DType.Fp32.Size();
        var room = k.Chip.SbufBytesPerPartition.ToInt32() / ShareOfMasks / bytesOfMask;
        foreach (var group in Chunk.Each(q.Shape[0], Limits.Partitions).Chunk(Math.Clamp(room, 1, MostTiles)))
            EmitGroup(k, group, y, q, keys, values, position, heads, kvHeads, scale);
    }

    /// <summary>Tiles of up to 128 tokens against the same keys and values, which are loaded and turned once.</summary>
    private static void EmitGroup(
        KernelBuilder k, Chunk[] group, TensorView y, TensorView q, TensorView keys, TensorView values,
        TensorView position, int heads, int kvHeads, float scale)
    {
        var (tokens, size, sharing) = (group[0].Length, q.Shape[1] / heads, heads / kvHeads);
        var dtype = Product.TypeOf(q.DType, Product.TypeOf(keys.DType, values.DType));
        var keyHeadsAtOnce = Math.Clamp(Limits.Partitions / size, 1, kvHeads);
        var headsAtOnce = Math.Clamp(Limits.Partitions / tokens, 1, keyHeadsAtOnce * sharing);
        TensorView[] masks =
            [.. group.Select(t => CausalMask.Make(k, position, t.Start, headsAtOnce, t.Length, keys.Shape[0]))];
        foreach (var keyHeads in Chunk.Each(kvHeads, keyHeadsAtOnce))
        {
            Slice columns = (keyHeads.Start * size)..(keyHeads.End * size);
            var block = new AttentionBlock(k, keys[.., columns], values[.., columns], dtype);
            foreach (var (t, mask) in group.Zip(masks))
            {
                foreach (var part in Chunk.Each(keyHeads.Length * sharing, headsAtOnce))
                {
                    var queryHeads = part with { Start = keyHeads.Start * sharing + part.Start };
                    var rows = new HeadRows(keyHeads, queryHeads, sharing, t.Length, size);
                    var scores = block.Scores(rows.Load(k, q[t], dtype), scale, mask[..rows.Count]);
                    rows.Store(k, block.Mix(scores, y.DType), y[t]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (kvHeads, size) = (sizes["K"], sizes["D"]);
        var heads = kvHeads * sizes["G"];
        var rows = PositionInput.Rows(sizes);
        var q = k.Input("q", dtype, [sizes["T"], heads * size]);
        var keys = k.Input("keys", dtype, [rows, kvHeads * size]);
        var values = k.Input("values", dtype, [rows, kvHeads * size]);
        var y = k.Output("y", dtype, [sizes["T"], heads * size]);
        var scale = 1 / MathF.Sqrt(size);
        Emit(k, y, q, keys, values, PositionInput.Declare(k, sizes), heads, kvHeads, scale);
    }

    /// <summary>Two products of D terms for each visible row of the cache.</summary>
    public long? Macs(Sizes sizes)
    {
        long visible = 0;
        for (var t = 0; t < sizes["T"]; t++) visible += sizes["P"] + t + 1;
        return 2 * visible * sizes["K"] * sizes["G"] * sizes["D"];
    }

    /// <summary>Exponentials enter the second product in the dtype.</summary>
    public int Roundings => 2;

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        for (var t = 0; t < sizes["T"]; t++)
        {
            for (var head = 0; head < sizes["K"] * sizes["G"]; head++) Reference(sizes, data, t, head);
        }
    }

    private static void Reference(Sizes sizes, ReferenceData data, int token, int head)
    {
        var (size, width) = (sizes["D"], sizes["K"] * sizes["D"]);
        var (q, keys, values, y) = (data["q"], data["keys"], data["values"], data["y"]);
        var (query, column) = (token * width * sizes["G"] + head * size, head / sizes["G"] * size);
        var weights = new double[sizes["P"] + token + 1];
        for (var s = 0; s < weights.Length; s++)
        {
            for (var d = 0; d < size; d++) weights[s] += q[query + d] * keys[s * width + column + d];
            weights[s] /= Math.Sqrt(size);
        }

        double max = weights.Max(), sum = 0;
        for (var s = 0; s < weights.Length; s++) sum += weights[s] = Math.Exp(weights[s] - max);
        for (var s = 0; s < weights.Length; s++)
        {
            for (var d = 0; d < size; d++) y[query + d] += weights[s] / sum * values[s * width + column + d];
        }
    }
}
