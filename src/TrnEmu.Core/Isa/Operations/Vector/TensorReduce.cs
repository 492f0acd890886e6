using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p, o] = data[p, o, 0] op data[p, o, 1] op … over the elements of the reduced axes, o over those of the others;
/// with negate times -1. Arithmetic is fp32 in the order that <see cref="Elementwise.Reduce"/> states and is rounded
/// once to dst's dtype; bitwise operators work on the bits of integers. Reduces along the free dimension only: across
/// partitions, multiply with ones on the Tensor engine. Source: nki.isa.tensor_reduce.
/// </summary>
/// <param name="Dst">[P, O]: the product of the kept axes.</param>
/// <param name="Op">
/// add, multiply, maximum, minimum, logical_and, logical_or, logical_xor, bitwise_and, bitwise_or or bitwise_xor.
/// </param>
/// <param name="Data">[P, …]: its levels are its free axes.</param>
/// <param name="Axis">
/// The reduced axes counted from the innermost, so that they mean the same whatever the rank: [-1], [-2,-1], … in any
/// order, without gaps. A front end turns axes counted from the partition axis into these.
/// </param>
/// <param name="Negate">Multiplies the results with -1; arithmetic only.</param>
/// <param name="Keepdims">Whether dst keeps the reduced axes with one element; says nothing about values.</param>
[Operation("tensor_reduce", Engines = Engines.Vector, Summary = "dst = op over the trailing free axes of data",
    Example = """
        sbuf x : fp32[128,512]
        sbuf m : fp32[128,1]
        vector tensor_reduce dst=m op=maximum data=x axis=[-1]
        """)]
public sealed record TensorReduce(
    [Writes(Indirect = true)] AccessPattern Dst, AluOp Op, [Reads(Indirect = true)] AccessPattern Data,
    EquatableArray<int> Axis, bool Negate = false,
    bool Keepdims = false) : Operation, IRowwise
{
    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Stream(v, Engine.Vector, "data", Data);
        IndirectRules.Stream(v, Engine.Vector, Dst, "data", Data);
        AluRules.Reduction(v, "op", Op);
        AluRules.Bits(v, "op", Op, Dst, "dst", Dst);
        AluRules.Bits(v, "op", Op, Dst, "data", Data);
        if (Negate && Op.IsBitwise()) v.Error(VerifyCodes.Parameter, $"negate is true, op is {Op.Name()}: only numbers have a sign");
        Shape(v);

        // One result for each partition is written when its whole row has been read, so it may go anywhere.
        if (Dst.Free > 1 && InPlaceRules.Overlap(v.Program, Dst, Data))
            v.Error(VectorCodes.Overlap, $"dst covers a part of data, and {Dst.Free} results are written while data is read");
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Reduce(Op, core.Destination(Dst), core.Tile(Data), Negate);

    void IRowwise.Name(ref RowOperands operands)
    {
        operands.Add(Dst);
        operands.Add(Data);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Reduce, (int)Data.Free, Data.DType, e.Traits(Dst, Data), Rows: Data.Partitions));

    private void Shape(Verifier v)
    {
        if (ReducedLevels() is not { } levels)
        {
            v.Error(VectorCodes.Axis, $"axis is [{string.Join(',', Axis)}], must be the 1 to 4 innermost free axes: [-1], [-2,-1], …");
            return;
        }

        long reduced = Data.Count3;
        if (levels > 1) reduced *= Data.Count2;
        if (levels > 2) reduced *= Data.Count1;
        if (levels > 3) reduced *= Data.Count0;
        if (Dst.Partitions != Data.Partitions || Dst.Free != Data.Free / reduced)
        {
            v.Error(VerifyCodes.Shape, $"dst is [{Dst.Partitions},{Dst.Free}], expected [{Data.Partitions},{Data.Free / reduced}]: "
                + $"{reduced} of {Data.Free} elements make one");
        }
    }

    /// <summary>How many innermost levels the axes are; null when they are none or have gaps.</summary>
    private int? ReducedLevels()
    {
        var seen = 0;
        foreach (var axis in Axis.Span)
        {
            if (axis is < -4 or > -1 || (seen >> -axis & 1) != 0) return null;
            seen |= 1 << -axis;
        }

        return Axis.Count > 0 && seen == (2 << Axis.Count) - 2 ? Axis.Count : null;
    }
}
