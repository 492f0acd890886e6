using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst[p, i] = data[p, indices[p, i]]: each partition picks among its own elements, its free levels counted through as
/// one. Bits are kept. An index outside data is a fault before anything is written. Source: nki.isa.nc_n_gather.
/// </summary>
/// <param name="Dst">[P, N] in SBUF, the dtype of data; shares no byte with data or indices.</param>
/// <param name="Data">[P, F] in SBUF.</param>
/// <param name="Indices">[P, N] in SBUF, each below F.</param>
[Operation("nc_n_gather", Engines = Engines.GpSimd, Summary = "dst[p, i] = data[p, indices[p, i]]",
    Example = """
        sbuf table : bf16[128,512]
        sbuf places : uint32[128,64]
        sbuf picked : bf16[128,64]
        gpsimd nc_n_gather dst=picked data=table indices=places
        """)]
public sealed record NcNGather(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "all")] AccessPattern Data,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "uint32")] AccessPattern Indices) : Operation
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "dst", Dst);
        GpSimdRules.Stream(v, "data", Data);
        GpSimdRules.Stream(v, "indices", Indices);
        v.SameShape(Dst, "dst", Indices, "indices");
        GpSimdRules.SamePartitions(v, "dst", Dst, "data", Data);
        GpSimdRules.SameDType(v, "dst", Dst, "data", Data);
        GpSimdRules.Apart(v, "dst", Dst, "data", Data);
        GpSimdRules.Apart(v, "dst", Dst, "indices", Indices);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, data, indices) = (core.Tile(Dst), core.Tile(Data), core.Tile(Indices));
        for (var p = 0; p < indices.Partitions; p++)
        {
            if (Gathers.FirstOutside(indices, p, data.Elements) is { } index)
                throw GatherFault.Of(core, Data, index, p);
        }

        for (var p = 0; p < dst.Partitions; p++) Gathers.Pick(dst, data, indices, p);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.Gather, (int)Dst.Free, Data.DType, e.Traits(Dst, Data, Indices), Rows: Dst.Partitions));
}
