using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p, j] = the place in data[p], counted from 0, where vals[p, j] first occurs; the k-th of equal values gets the
/// place of the k-th equal element. All ones (65535, 4294967295) where there is none. Compared in fp32. Source:
/// nki.isa.nc_find_index8.
/// </summary>
/// <param name="Dst">[P, 8] of uint16 or uint32, written when a row has been read.</param>
/// <param name="Data">[P, F] or [P, F0, F1], 8 to 16384 elements, SBUF or PSUM.</param>
/// <param name="Vals">[P, 8], SBUF or PSUM.</param>
[Operation("nc_find_index8", Engines = Engines.Vector,
    Summary = "dst[j] = place in data of the first vals[j]",
    Example = """
        sbuf x : bf16[128,512]
        sbuf top : bf16[128,8]
        sbuf at : uint32[128,8]
        vector nc_find_index8 dst=at data=x vals=top
        """)]
public sealed record NcFindIndex8(
    [Writes(DTypes = "uint16 uint32")] AccessPattern Dst, [Reads] AccessPattern Data,
    [Reads] AccessPattern Vals) : Operation
{
    /// <summary>Equality is not defined for special values.</summary>
    public static readonly Gap Equality = new(
        "nc_find_index8", "whether -0 equals +0 and NaN equals NaN",
        "as in the operator equal: zeros do, NaN equals nothing");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        EightRules.Row(v, "data", Data);
        EightRules.Wanted(v, Vals, Data);
        EightRules.Found(v, "dst", Dst, Data);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => EightValues.Find(core.Tile(Dst), core.Tile(Data), core.Tile(Vals));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.FindIndex8, (int)Data.Free, Data.DType, e.Traits(Dst, Data, Vals),
            Rows: Data.Partitions));
}
