using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst[p, i n + j] = src_buffer[p, place(i) + j] for j below n = num_elem_per_idx. The 16 partitions of a GpSimd core
/// share their places: place(i) is element (i % 16, i / 16) of the core's part of index. Bits are kept. A place outside
/// src_buffer is a fault before anything is written. Source: nki.isa.local_gather.
/// </summary>
/// <param name="Dst">[P, num_valid_indices * num_elem_per_idx] in SBUF, the dtype of src_buffer; shares no byte with
/// the others.</param>
/// <param name="SrcBuffer">[P, F] in SBUF, P a multiple of 16.</param>
/// <param name="Index">[P, K] in SBUF: elements of src_buffer from the start of a partition.</param>
/// <param name="NumElemPerIdx">Elements that are taken from each place on: 1, 2, 4, 8, 16 or 32.</param>
/// <param name="NumValidIndices">Places that count, up to 16 K and 4096; null for all 16 K.</param>
[Operation("local_gather", Engines = Engines.GpSimd, Summary = "dst[p, i*n + j] = src_buffer[p, index(i) + j], 16 partitions share indices",
    Example = """
        sbuf table : bf16[128,512]
        sbuf places : uint16[128,4]
        sbuf picked : bf16[128,64]
        gpsimd local_gather dst=picked src_buffer=table index=places
        """)]
public sealed record LocalGather(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern SrcBuffer,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "uint16")] AccessPattern Index,
    int NumElemPerIdx = 1, int? NumValidIndices = null) : Operation
{
    private const int MaxIndices = 4096;
    private const int MaxElements = 32;

    private long Places => NumValidIndices ?? GpSimdRules.CorePartitions * Index.Free;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "dst", Dst);
        GpSimdRules.Stream(v, "src_buffer", SrcBuffer);
        GpSimdRules.Stream(v, "index", Index);
        GpSimdRules.WholeCores(v, "src_buffer", SrcBuffer);
        GpSimdRules.SamePartitions(v, "src_buffer", SrcBuffer, "index", Index);
        GpSimdRules.SamePartitions(v, "src_buffer", SrcBuffer, "dst", Dst);
        GpSimdRules.SameDType(v, "dst", Dst, "src_buffer", SrcBuffer);
        GpSimdRules.Apart(v, "dst", Dst, "src_buffer", SrcBuffer);
        GpSimdRules.Apart(v, "dst", Dst, "index", Index);
        if (NumElemPerIdx is < 1 or > MaxElements || !int.IsPow2(NumElemPerIdx))
            v.Error(GpSimdCodes.Count, $"num_elem_per_idx is {NumElemPerIdx}, must be 1, 2, 4, 8, 16 or 32");
        var all = GpSimdRules.CorePartitions * Index.Free;
        if (Places < 1 || Places > Math.Min(all, MaxIndices))
        {
            v.Error(GpSimdCodes.Count, $"{(NumValidIndices is null ? "index has" : "num_valid_indices is")} {Places} indices for a core, "
                + $"must be 1 to {Math.Min(all, MaxIndices)}: index holds {all}, limit {MaxIndices}");
        }

        GpSimdRules.Free(v, "dst", Dst, Places * NumElemPerIdx, $"{Places} indices of {NumElemPerIdx} elements");
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, src, index) = (core.Tile(Dst), core.Tile(SrcBuffer), core.Tile(Index));
        Span<uint> places = stackalloc uint[(int)Places];
        for (var first = 0; first < index.Partitions; first += GpSimdRules.CorePartitions)
        {
            Gathers.Flatten(index, first, GpSimdRules.CorePartitions, places);
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] + NumElemPerIdx > src.Elements)
                    throw GatherFault.Of(core, SrcBuffer, places[i], first + i % GpSimdRules.CorePartitions);
            }
        }

        for (var first = 0; first < index.Partitions; first += GpSimdRules.CorePartitions)
        {
            Gathers.Flatten(index, first, GpSimdRules.CorePartitions, places);
            for (var p = first; p < first + GpSimdRules.CorePartitions; p++) Gathers.PickRuns(dst, src, p, places, NumElemPerIdx);
        }
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.LocalGather, (int)Dst.Free, SrcBuffer.DType, e.Traits(Dst, SrcBuffer, Index), Rows: Dst.Partitions));
}
