using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// In each first partition of a GpSimd core (0, 16, 32, …): dst = the places i + index_offset (modulo 2^32) where src[i]
/// is not 0, ascending, then padding_val, and in the last element their number. NaN is not 0, -0 is. Other partitions
/// are neither read nor written. Source: nki.isa.nonzero_with_count.
/// </summary>
/// <param name="Dst">[P, F + 1] int32 in SBUF; shares no byte with src.</param>
/// <param name="Src">[P, F] in SBUF.</param>
/// <param name="IndexOffset">Added to each place.</param>
/// <param name="PaddingVal">Fills the elements between the places and the count.</param>
[Operation("nonzero_with_count", Engines = Engines.GpSimd, MinGeneration = 3,
    Summary = "dst = places of the nonzero elements, padding, count",
    Example = """
        sbuf mask : fp32[128,512]
        sbuf places : int32[128,513]
        gpsimd nonzero_with_count dst=places src=mask
        """)]
public sealed record NonzeroWithCount(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "int32")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "fp32 int32")] AccessPattern Src, int IndexOffset = 0,
    int PaddingVal = -1) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "dst", Dst);
        GpSimdRules.Stream(v, "src", Src);
        GpSimdRules.SamePartitions(v, "src", Src, "dst", Dst);
        GpSimdRules.Free(v, "dst", Dst, Src.Free + 1, $"{Src.Free} places and their count");
        GpSimdRules.Apart(v, "dst", Dst, "src", Src);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        for (var p = 0; p < Src.Partitions; p += GpSimdRules.CorePartitions) sink.Read(Row(Src, p));
        for (var p = 0; p < Dst.Partitions; p += GpSimdRules.CorePartitions) sink.Write(Row(Dst, p));
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, src) = (core.Tile(Dst), core.Tile(Src));
        for (var p = 0; p < src.Partitions; p += GpSimdRules.CorePartitions)
            Searches.Nonzero(dst, src, p, IndexOffset, PaddingVal);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.Nonzero, (int)Src.Free, Src.DType, e.Traits(Dst, Src), Rows: Src.Partitions));

    private static AccessPattern Row(in AccessPattern p, int row) => p with { StartPartition = p.StartPartition + row, Partitions = 1 };
}
