using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = data, but imm where one of vals[p] first occurs; of equal values the last gets the first equal element, the
/// one before it the second, and so on. dst_idx[p, j] = the place of vals[p, j]. Compared in fp32; elements keep their
/// bits where dst has data's dtype. Source: nki.isa.nc_match_replace8.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Vals">[P, 8], SBUF or PSUM, read before data.</param>
/// <param name="Imm">What is written over an element that was found.</param>
/// <param name="DstIdx">[P, 8] of uint16 or uint32 for the places, written when a row has been read, or null.</param>
[Operation("nc_match_replace8", Engines = Engines.Vector,
    Summary = "dst = data with one occurrence of each of vals replaced by imm",
    Example = """
        sbuf x : bf16[128,512]
        sbuf top : bf16[128,8]
        sbuf at : uint32[128,8]
        vector nc_match_replace8 dst=x data=x vals=top imm=-inf dst_idx=at
        """)]
public sealed record NcMatchReplace8(
    [Writes] AccessPattern Dst, [Reads] AccessPattern Data, [Reads] AccessPattern Vals, float Imm,
    [Writes(DTypes = "uint16 uint32")] AccessPattern? DstIdx = null) : Operation
{
    /// <summary>What dst_idx gets for a value that does not occur is not published.</summary>
    public static readonly Gap Missing = new(
        "nc_match_replace8", "what dst_idx receives for a value that does not occur",
        "all ones, as nc_find_index8 writes");

    /// <summary>Equality is not defined for special values.</summary>
    public static readonly Gap Equality = new(
        "nc_match_replace8", "whether -0 equals +0 and NaN equals NaN",
        "as in the operator equal: zeros do, NaN equals nothing");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data", Data);
        EightRules.Wanted(v, Vals, Data);
        if (DstIdx is not { } places) return;
        EightRules.Found(v, "dst_idx", places, Data);
        if (InPlaceRules.Overlap(v.Program, Dst, places))
            v.Error(VectorCodes.Overlap, "dst_idx covers a part of dst: both are written");
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, data, vals) = (core.Tile(Dst), core.Tile(Data), core.Tile(Vals));
        if (DstIdx is { } places) EightValues.Replace(dst, data, vals, Imm, core.Tile(places));
        else EightValues.Replace(dst, data, vals, Imm);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.MatchReplace8, (int)Data.Free, Data.DType, e.Traits(Dst, Data, Vals),
            Rows: Data.Partitions));
}
