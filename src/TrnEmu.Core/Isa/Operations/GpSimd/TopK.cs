using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// Each GpSimd core finds the K largest of its n elements, ascending, and their places. A core's 16 partitions hold one
/// list: element i, in src as in both results, lies in its partition i mod 16 at free element i / 16. K is the free size
/// of val_dst, of which the results fill the first K / 16 elements (rounded up); all else keeps its bytes. Source:
/// nki.isa.topk, and for where results lie nkilib's sparse_attention_indexer_mx_bf16score.
/// </summary>
/// <param name="ValDst">[P, K] in SBUF: the values, bits as in src; shares no byte with the others.</param>
/// <param name="IdxDst">[P, K] in SBUF: the places, from 0.</param>
/// <param name="Src">[P, F] in SBUF, P a multiple of 16, F at least n / 16.</param>
/// <param name="N">Elements of each core's list that count, 8 to 65535.</param>
[Operation("topk", Engines = Engines.GpSimd, Summary = "val_dst, idx_dst = the K largest of n elements and their places",
    Example = """
        sbuf scores : bf16[128,32]
        sbuf best : bf16[128,8]
        sbuf places : uint32[128,8]
        gpsimd topk val_dst=best idx_dst=places src=scores n=512
        """)]
public sealed record TopK(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "bf16")] AccessPattern ValDst,
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "uint32")] AccessPattern IdxDst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "bf16")] AccessPattern Src, int N) : Operation
{
    /// <summary>The order of equal values is not published.</summary>
    public static readonly Gap Ties = new(
        "topk", "which of equal values are chosen, and in which order they come",
        "the first places are chosen, and stand after the later ones; -0 equals +0");

    /// <summary>The place of NaN is not published.</summary>
    public static readonly Gap NotANumber = new("topk", "where NaN stands in the order", "above +Inf, all NaN equal");

    /// <summary>K columns are declared, K / 16 hold results.</summary>
    public static readonly Gap Rest = new(
        "topk", "what the elements of val_dst and idx_dst behind the results receive", "nothing: they keep their bytes");

    private const int MinElements = 8;
    private const int MaxElements = 65535;
    private const int MaxResults = 32767;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "val_dst", ValDst);
        GpSimdRules.Stream(v, "idx_dst", IdxDst);
        GpSimdRules.Stream(v, "src", Src);
        GpSimdRules.WholeCores(v, "src", Src);
        GpSimdRules.SamePartitions(v, "src", Src, "val_dst", ValDst);
        v.SameShape(ValDst, "val_dst", IdxDst, "idx_dst");
        GpSimdRules.Apart(v, "val_dst", ValDst, "src", Src);
        GpSimdRules.Apart(v, "idx_dst", IdxDst, "src", Src);
        GpSimdRules.Apart(v, "idx_dst", IdxDst, "val_dst", ValDst);
        if (N is < MinElements or > MaxElements) v.Error(GpSimdCodes.Count, $"n is {N}, must be {MinElements} to {MaxElements}");
        var most = Math.Min(N, MaxResults);
        if (ValDst.Free > most)
            v.Error(GpSimdCodes.Count, $"val_dst asks for the {ValDst.Free} largest, limit {most}: n is {N}, at most {MaxResults} are found");
        if (Src.Free * GpSimdRules.CorePartitions < N)
        {
            v.Error(VerifyCodes.Shape, $"src has {Src.Free} elements in each partition, {GpSimdRules.CorePartitions} partitions hold "
                + $"{Src.Free * GpSimdRules.CorePartitions}: n is {N}");
        }
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        foreach (var part in SnakePatterns.Of(Src, N)) sink.Read(part);
        foreach (var part in SnakePatterns.Of(ValDst, (int)ValDst.Free)) sink.Write(part);
        foreach (var part in SnakePatterns.Of(IdxDst, (int)IdxDst.Free)) sink.Write(part);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (values, places, src) = (core.Tile(ValDst), core.Tile(IdxDst), core.Tile(Src));
        for (var first = 0; first < src.Partitions; first += GpSimdRules.CorePartitions)
            Selection.Largest(values, places, src, first, GpSimdRules.CorePartitions, N);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.TopK, 4 * N + (int)ValDst.Free, Src.DType, e.Traits(ValDst, IdxDst, Src), Rows: Src.Partitions));
}
