using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// For each element of a row of n ids the segment that it belongs to, a run of neighbours of one id: dst[0, i] is the
/// place of the segment's first element, dst[1, i] the place after its last. Where the id is 0 (padding) they are n and
/// -1. int32 ids are compared exactly. Source: nki.isa.sequence_bounds.
/// </summary>
/// <param name="Dst">[1, 2 n] in SBUF: n starts, then n ends; shares no byte with segment_ids.</param>
/// <param name="SegmentIds">[1, n] in SBUF, not negative.</param>
[Operation("sequence_bounds", Engines = Engines.GpSimd, Summary = "dst[0, i], dst[1, i] = start and end of the segment of element i",
    Example = """
        sbuf ids : int32[1,512]
        sbuf bounds : int32[1,2,512]
        gpsimd sequence_bounds dst=bounds segment_ids=ids
        """)]
public sealed record SequenceBounds(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "fp32 int32")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "fp32 int32")] AccessPattern SegmentIds) : Operation
{
    /// <summary>Whether negative ids are checked is not published.</summary>
    public static readonly Gap Negative = new(
        "sequence_bounds", "what becomes of a negative segment id", "it is an id like any other but 0");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "dst", Dst);
        GpSimdRules.Stream(v, "segment_ids", SegmentIds);
        if (SegmentIds.Partitions != 1)
            v.Error(VerifyCodes.Shape, $"segment_ids has {SegmentIds.Partitions} partitions, limit 1");
        GpSimdRules.SamePartitions(v, "segment_ids", SegmentIds, "dst", Dst);
        GpSimdRules.Free(v, "dst", Dst, 2 * SegmentIds.Free, $"starts and ends of {SegmentIds.Free} elements");
        GpSimdRules.Apart(v, "dst", Dst, "segment_ids", SegmentIds);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Searches.SegmentBounds(core.Tile(Dst), core.Tile(SegmentIds));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.SequenceBounds, (int)SegmentIds.Free, SegmentIds.DType, e.Traits(Dst, SegmentIds), Rows: 1));
}
