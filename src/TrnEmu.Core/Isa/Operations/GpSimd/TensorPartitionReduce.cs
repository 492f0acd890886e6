using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// dst[0, f] = data[0, f] op data[1, f] op … over all partitions, ascending: in fp32, rounded once to dst's dtype; bitwise
/// operators work on the bits of integers. Slow on the chip: a product with ones on the Tensor engine adds faster.
/// Source: nki.isa.tensor_partition_reduce.
/// </summary>
/// <param name="Dst">[1, F] in SBUF.</param>
/// <param name="Op">add, maximum, bitwise_or or bitwise_and.</param>
/// <param name="Data">[P, F] in SBUF; shares no byte with dst.</param>
[Operation("tensor_partition_reduce", Engines = Engines.GpSimd, Summary = "dst[0, f] = op over p of data[p, f]",
    Example = """
        sbuf x : fp32[128,512]
        sbuf sum : fp32[1,512]
        gpsimd tensor_partition_reduce dst=sum op=add data=x
        """)]
public sealed record TensorPartitionReduce(
    [Writes(Spaces = MemorySpaces.Sbuf)] AccessPattern Dst, AluOp Op, [Reads(Spaces = MemorySpaces.Sbuf)] AccessPattern Data) : Operation
{
    /// <summary>The order of the sum is not published.</summary>
    public static readonly Gap Order = new(
        "tensor_partition_reduce", "in which order partitions are combined", "ascending, one after the other");

    /// <summary>An average is mentioned, but no operator has that name.</summary>
    public static readonly Gap Average = new(
        "tensor_partition_reduce", "how the average that it can compute is asked for: no operator has that name",
        "it cannot be: add, then multiply by 1 / P");

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        GpSimdRules.Stream(v, "dst", Dst);
        GpSimdRules.Stream(v, "data", Data);
        if (Op is not (AluOp.Add or AluOp.Maximum or AluOp.BitwiseOr or AluOp.BitwiseAnd))
            v.Error(VectorCodes.Operator, $"op is {Op.Name()}, must be add, maximum, bitwise_or or bitwise_and");
        AluRules.Bits(v, "op", Op, Dst, "dst", Dst);
        AluRules.Bits(v, "op", Op, Dst, "data", Data);
        if (Dst.Partitions != 1) v.Error(VerifyCodes.Shape, $"dst has {Dst.Partitions} partitions, expected 1");
        GpSimdRules.Free(v, "dst", Dst, Data.Free, "one for each of data's");
        GpSimdRules.Apart(v, "dst", Dst, "data", Data);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.ReducePartitions(Op, core.Tile(Dst), core.Tile(Data));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => e.Add(new Instruction(
        CostClass.PartitionReduce, (int)Data.Free, Data.DType, e.Traits(Dst, Data), Rows: Data.Partitions));
}
