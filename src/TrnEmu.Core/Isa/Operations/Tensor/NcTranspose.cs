using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>
/// 2D transpose: dst[f, p] = data[p, f]; several free levels count as one. The Tensor engine moves up to 128 x 128
/// elements from SBUF to PSUM, the Vector engine up to 32 x 32 between any of the two. Bits are kept, except on the
/// Tensor engine of generation 2, which multiplies floats by the identity in fp32: there a NaN or Inf makes NaN of the
/// rest of its row of dst, and -0 becomes +0. Later Tensor engines write 8-bit elements as 16 bits, the upper 8 zero.
/// Source: nki.isa.nc_transpose.
/// </summary>
/// <param name="Dst">
/// [F, P], the dtype of data. For 8-bit elements on the Tensor engine from generation 3 on: at even bytes, 2, 4, …
/// apart; the byte after each becomes 0.
/// </param>
/// <param name="Data">[P, F].</param>
[Operation("nc_transpose", Engines = Engines.Tensor | Engines.Vector, Summary = "dst[f,p] = data[p,f]",
    Example = """
        sbuf a : bf16[128,64]
        psum t : bf16[64,128]
        tensor nc_transpose dst=t data=a
        """)]
public sealed record NcTranspose([Writes(DTypes = "all")] AccessPattern Dst, [Reads(DTypes = "all")] AccessPattern Data)
    : Operation
{
    private const int VectorSide = 32;
    private const int FirstPassThroughGeneration = 3;

    // Fields, so that expanding, which happens a million times a second, looks at operands where they are.
    private readonly AccessPattern _dst = Dst;
    private readonly AccessPattern _data = Data;

    /// <summary>Destination.</summary>
    public AccessPattern Dst
    {
        get => _dst;
        init => _dst = value;
    }

    /// <summary>What is transposed.</summary>
    public AccessPattern Data
    {
        get => _data;
        init => _data = value;
    }

    /// <summary>The engine where none is named: Vector for what it can do at once, Tensor for the rest.</summary>
    public Engine PreferredEngine =>
        Data.Partitions <= VectorSide && Data.Free <= VectorSide ? Engine.Vector : Engine.Tensor;

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        TransposeRules.Verify(v, Dst, Data, "data");
        DynamicRules.NoVector(v, "dst", Dst);
        DynamicRules.NoVector(v, "data", Data);
        var engine = EngineOf(v.Engine);
        var limit = engine == Engine.Tensor ? Limits.Partitions : VectorSide;
        if (Data.Partitions > limit || Data.Free > limit)
        {
            v.Error(TensorCodes.TransposeSize, $"data is [{Data.Partitions},{Data.Free}], limit [{limit},{limit}] "
                + $"on the {engine.Title()} engine");
        }

        if (engine == Engine.Tensor) VerifyOnTensor(v);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(_data);
        WideTranspose.Effects(sink, _dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (data, engine) = (core.Tile(Data), EngineOf(core.Current.Engine));
        if (engine != Engine.Tensor)
        {
            Transpose.Move(core.Tile(Dst), data);
            return;
        }

        if (!Multiplies(core.Chip.Generation))
        {
            WideTranspose.Move(core, Dst, data);
            return;
        }

        var identity = Identity.Tile(Data.Partitions);
        Matmul.Accumulate(core.Tile(Dst), data, identity, accumulate: false, core.Matmul, core.Threads);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e)
    {
        var engine = EngineOf(e.Engine);
        if (engine == Engine.Vector)
        {
            e.Add(new Instruction(
                CostClass.TransposeBlocks, (int)Data.Free, Data.DType, e.Traits(Dst, Data), Rows: Data.Partitions));
            return;
        }

        ArrayWork.ExpandIdentity(
            e, _dst, _data, Multiplies(e.Generation) ? ArrayMode.Multiply : ArrayMode.Transpose);
    }

    private static bool Multiplies(int generation) => generation < FirstPassThroughGeneration;

    private Engine EngineOf(Engine placed) => placed == Engine.None ? PreferredEngine : placed;

    private void VerifyOnTensor(Verifier v)
    {
        if (v.SpaceOf(Data) != MemorySpace.Sbuf)
            v.Error(VerifyCodes.Space, $"data is in {v.SpaceOf(Data).Title()}, the Tensor engine reads SBUF only");
        if (v.SpaceOf(Dst) != MemorySpace.Psum)
            v.Error(VerifyCodes.Space, $"dst is in {v.SpaceOf(Dst).Title()}, the Tensor engine writes PSUM only");
        if (!Multiplies(v.Chip.Generation))
        {
            WideTranspose.Verify(v, Dst);
            return;
        }

        if (!Data.DType.IsFloat())
        {
            v.Error(VerifyCodes.DType, $"data is {Data.DType.Name()}, the Tensor engine of generation "
                + $"{v.Chip.Generation} transposes by multiplication and takes floats");
        }
    }
}
