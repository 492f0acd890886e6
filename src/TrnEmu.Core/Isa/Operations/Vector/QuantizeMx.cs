using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// Microscaled form of 16-bit floats, as nc_matmul_mx reads it. Each group of 8 partitions times 4 neighbouring
/// elements gets the scale 2^(floor(log2 amax) - (Emax - 1)), amax its largest magnitude and Emax the exponent of the
/// largest element of dst's format: 8 for e4m3fn, 15 for e5m2. Four elements over their scale, each rounded to nearest
/// even, make one of dst, the first in the lowest bits. Scales lie between 2^-127, which zeros get, and 2^127.
/// With <c>--mx-scale ocp</c> scales are half as large and elements saturate. Source: nki.isa.quantize_mx.
/// </summary>
/// <param name="Dst">[P, F / 4] in SBUF, packed.</param>
/// <param name="Src">[P, F] in SBUF, P 32, 64, 96 or 128, F a multiple of 4.</param>
/// <param name="DstScale">
/// [S, F / 4] in SBUF, S at least P - 28: rows 0 to 3 of each 32 partitions get the scales of those 32 partitions of
/// src, the others keep their bytes. It starts in the quadrant of src, 0, 4, 8 or 12 partitions later.
/// </param>
[Operation("quantize_mx", Engines = Engines.Vector, MinGeneration = 4,
    Summary = "dst, dst_scale = MX of src in groups of 8 partitions x 4 elements",
    Example = """
        sbuf a : bf16[128,256]
        sbuf q : fp8_e4m3fn_x4[128,64]
        sbuf s : e8m0[128,64]
        vector quantize_mx dst=q src=a dst_scale=s
        """)]
public sealed record QuantizeMx(
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "fp8_e4m3fn_x4 fp8_e5m2_x4")] AccessPattern Dst,
    [Reads(Spaces = MemorySpaces.Sbuf, DTypes = "fp16 bf16")] AccessPattern Src,
    [Writes(Spaces = MemorySpaces.Sbuf, DTypes = "e8m0 uint8", AnyStart = true)] AccessPattern DstScale) : Operation
{
    /// <summary>Groups that have no finite largest magnitude.</summary>
    public static readonly Gap Special = new(
        "quantize_mx", "what a NaN or an infinity makes of the scale and of the elements of its group",
        "the formula as it stands: NaN makes the scale and all elements NaN; Inf makes the largest scale, 2^127, and "
        + "becomes Inf, or NaN where the format has no Inf");

    private const int Packed = 4;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Stream(v, Engine.Vector, "src", Src);
        ElementRules.Stream(v, Engine.Vector, "dst_scale", DstScale);
        if (Src.Free % Packed != 0)
            v.Error(VerifyCodes.Shape, $"src has {Src.Free} elements in a partition, must be a multiple of {Packed}");
        if (Dst.Partitions != Src.Partitions || Dst.Free != Src.Free / Packed)
        {
            v.Error(VerifyCodes.Shape, $"dst is [{Dst.Partitions},{Dst.Free}], expected "
                + $"[{Src.Partitions},{Src.Free / Packed}]: {Packed} elements of src make one");
        }

        if (!MxScaleRules.Quadrants(v, "src", Src)) return;
        MxScaleRules.Verify(v, "dst_scale", DstScale, "src", Src, Src.Free / Packed);
        Apart(v, "dst", Dst, "src", Src);
        for (var q = 0; q < Src.Partitions / MxScaleRules.Quadrant; q++)
        {
            var rows = MxScaleRules.Of(DstScale, q);
            Apart(v, "dst_scale", rows, "src", Src);
            Apart(v, "dst_scale", rows, "dst", Dst);
        }
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        sink.Write(Dst);
        MxScaleRules.Write(sink, DstScale, Src);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => MxQuantization.Quantize(
        core.Tile(Dst), core.Tile(DstScale), core.Tile(Src), core.Arithmetic.MxScale == MxScaleRule.Ocp);

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.QuantizeMx, (int)Src.Free, Src.DType, e.Traits(Dst, Src), Rows: Src.Partitions));

    /// <summary>A group is written when it has been read, so results lie elsewhere than data.</summary>
    private static void Apart(Verifier v, string name, in AccessPattern p, string otherName, in AccessPattern other)
    {
        if (InPlaceRules.Overlap(v.Program, p, other))
            v.Error(VectorCodes.Overlap, $"{name} covers a part of {otherName}, must lie apart from it");
    }
}
