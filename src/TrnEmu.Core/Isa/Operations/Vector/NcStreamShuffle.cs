using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[32 q + i] = src[32 q + shuffle_mask[i]] for every quadrant q of 32 partitions and every i that dst has; where
/// the mask is 255, dst keeps its row. Rows keep their bits. Source: nki.isa.nc_stream_shuffle.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM; may be src itself.</param>
/// <param name="Src">[Q, F] of dst's dtype, SBUF or PSUM; has every partition that the mask names.</param>
/// <param name="ShuffleMask">32 numbers of 0 to 31, or 255.</param>
[Operation("nc_stream_shuffle", Engines = Engines.Vector,
    Summary = "dst[q*32 + i] = src[q*32 + shuffle_mask[i]]",
    Example = """
        sbuf x : bf16[1,512]
        sbuf y : bf16[32,512]
        vector nc_stream_shuffle dst=y src=x shuffle_mask=[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]
        """)]
public sealed record NcStreamShuffle(
    [Writes(DTypes = "all")] AccessPattern Dst, [Reads(DTypes = "all")] AccessPattern Src,
    EquatableArray<int> ShuffleMask) : Operation
{
    /// <summary>What becomes of partitions of dst's last quadrant that dst does not have is not published.</summary>
    public static readonly Gap Inactive = new(
        "nc_stream_shuffle", "whether partitions of a quadrant behind the last one of dst are written", "they are not");

    /// <summary>What the mask reads behind the last partition of src is not published.</summary>
    public static readonly Gap Source = new(
        "nc_stream_shuffle", "what a row receives whose mask names a partition that src does not have", Gap.Refused);

    private const int Quadrant = 32;
    private const int Keep = 255;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Stream(v, Engine.Vector, "src", Src);
        if (Dst.DType != Src.DType)
            v.Error(VerifyCodes.DType, $"src is {Src.DType.Name()}, dst is {Dst.DType.Name()}: they must be equal");
        if (Dst.Free != Src.Free)
            v.Error(VerifyCodes.Shape, $"src has {Src.Free} elements in each partition, dst {Dst.Free}: they must be equal");
        InPlaceRules.Verify(v, Dst, Src, "src");
        Start(v, "dst", Dst);
        Start(v, "src", Src);
        Mask(v);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        for (var p = 0; p < Dst.Partitions; p++)
        {
            if (SourceOf(p) is { } source) sink.Read(Src with
            {
                StartPartition = Src.StartPartition + source,
                Partitions = 1
            });
        }

        for (var p = 0; p < Dst.Partitions;)
        {
            var first = p;
            while (p < Dst.Partitions && SourceOf(p) is not null) p++;
            if (p > first) sink.Write(Dst with { StartPartition = Dst.StartPartition + first, Partitions = p - first });
            else p++;
        }
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        Span<int> sources = stackalloc int[Quadrant];
        for (var i = 0; i < Quadrant; i++) sources[i] = ShuffleMask[i] == Keep ? -1 : ShuffleMask[i];
        Shuffle.Move(core.Tile(Dst), core.Tile(Src), sources);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Shuffle, (int)Dst.Free, Dst.DType, e.Traits(Dst, Src), Rows: Dst.Partitions));

    /// <summary>
    /// The partition of src that partition <paramref name="p"/> of dst gets; null when it keeps its row.
    /// </summary>
    private int? SourceOf(int p) => ShuffleMask[p % Quadrant] is var i && i == Keep ? null : p - p % Quadrant + i;

    /// <summary>Both start where the larger of them could, rounded up to quadrants.</summary>
    private void Start(Verifier v, string name, in AccessPattern p)
    {
        var active = (Math.Max(Dst.Partitions, Src.Partitions) + Quadrant - 1) / Quadrant * Quadrant;
        var step = active > 64 ? 128 : active;
        var start = p.StartPartition + (v.Program.TensorOf(p).Address?.Partition ?? 0);
        if (start % step == 0) return;
        v.Error(VerifyCodes.StartPartition,
            $"{name} starts at partition {start}, {active} active partitions can start at "
            + string.Join(", ", Enumerable.Range(0, 128 / step).Select(i => i * step)));
    }

    private void Mask(Verifier v)
    {
        if (ShuffleMask.Count != Quadrant)
        {
            v.Error(VerifyCodes.Parameter, $"shuffle_mask has {ShuffleMask.Count} elements, must have {Quadrant}");
            return;
        }

        for (var i = 0; i < Quadrant; i++)
        {
            if (ShuffleMask[i] is not (>= 0 and < Quadrant or Keep))
                v.Error(VerifyCodes.Parameter, $"shuffle_mask[{i}] is {ShuffleMask[i]}, must be 0 to 31, or {Keep} to keep the row");
        }

        for (var p = 0; p < Dst.Partitions; p++)
        {
            if (SourceOf(p) is not { } source || source < Src.Partitions || ShuffleMask[p % Quadrant] >= Quadrant) continue;
            v.Missing(Source, $"partition {p} of dst gets partition {source} of src, which has {Src.Partitions}");
            return;
        }
    }
}
