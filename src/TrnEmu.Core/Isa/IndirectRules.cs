using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Where an index for each free element is allowed (from generation 4 on), and where operands and indices must lie.
/// Source: NkiTensor.indirect; "Tensor indirection" of each operation of nki.isa.
/// </summary>
internal static class IndirectRules
{
    /// <summary>The dtype of the indices is not published.</summary>
    public static readonly Gap IndexType = new(
        Gap.Indirect, "which dtypes the index tensor of an indirect view may have", "int32 and uint32, as for other dynamic addresses");

    /// <summary>Whose indices a group of partitions reads is not published.</summary>
    public static readonly Gap Groups = new(
        Gap.Indirect, "whether each group of 16 (Tensor engine: 32) partitions has indices of its own, and whether a part of a group can be active",
        "each group reads the list in its own partitions of the index tensor; other partition counts are refused");

    /// <summary>Which of two writes to one element stays is not published.</summary>
    public static readonly Gap Twice = new(
        Gap.Indirect, "what a scatter writes where two indices are equal", "the later of the two elements");

    private const int FirstGeneration = 4;
    private const int Quadrant = 32;
    private const int ComputeGroup = 16;
    private const int TensorGroup = 32;

    /// <summary>The operand may be indirect at all, and its indices are well-formed.</summary>
    public static void Operand(Verifier v, OperandInfo operand, in AccessPattern p)
    {
        var name = operand.Name;
        if (!operand.Indirect)
        {
            v.Error(VerifyCodes.Dynamic, $"{name} is indirect, which this operand cannot be");
            return;
        }

        if (v.Chip.Generation < FirstGeneration)
        {
            v.Error(VerifyCodes.Generation, $"{name} is indirect, which needs generation {FirstGeneration}, chip {v.Chip.Name} is "
                + $"generation {v.Chip.Generation}");
        }

        var group = v.Operation!.Info.Attribute.Engines == Engines.Tensor ? TensorGroup : ComputeGroup;
        if (p.Dynamic.Group != group)
        {
            v.Error(VerifyCodes.Dynamic, $"indices of {name} are shared by {p.Dynamic.Group} partitions, must be {group} on this engine");
            return;
        }

        if ((p.Count0, p.Count1, p.Count2) != (1, 1, 1))
            v.Error(VerifyCodes.Dynamic, $"{name} has free levels [{p.Count0},{p.Count1},{p.Count2},{p.Count3}], an indirect view has one");
        if (p.Partitions % group != 0) v.Missing(Groups, $"{name} has {p.Partitions} partitions, no multiple of {group}");
        else Indices(v, name, p);
    }

    /// <summary>An operation that streams data to dst, which begin at matching partitions.</summary>
    public static void Stream(Verifier v, Engine engine, in AccessPattern dst, string name, in AccessPattern data)
    {
        if (data.IsIndirect) Same(v, name, Start(v, data), $"its index starts at partition {IndexStart(v, data)}", IndexStart(v, data));
        if (!dst.IsIndirect) return;
        if (v.SpaceOf(data) == MemorySpace.Sbuf) Same(v, "index of dst", IndexStart(v, dst), $"{name} starts at partition {Start(v, data)}", Start(v, data));
        else if (data.IsIndirect) Same(v, "index of dst", IndexStart(v, dst), $"index of {name} starts at partition {IndexStart(v, data)}", IndexStart(v, data));
        if (engine == Engine.Scalar && v.SpaceOf(dst) == MemorySpace.Psum)
            v.Error(VerifyCodes.Space, "dst is indirect in PSUM, the Scalar engine scatters to SBUF only");
    }

    /// <summary>A matrix product: inputs begin where their indices do, the index of dst where stationary does.</summary>
    public static void Product(Verifier v, in AccessPattern dst, in AccessPattern stationary, in AccessPattern moving)
    {
        Input(v, "stationary", stationary);
        Input(v, "moving", moving);
        if (!dst.IsIndirect) return;
        Same(v, "index of dst", IndexStart(v, dst), $"stationary starts at partition {Start(v, stationary)}", Start(v, stationary));
    }

    private static void Input(Verifier v, string name, in AccessPattern p)
    {
        if (p.IsIndirect) Same(v, name, Start(v, p), $"its index starts at partition {IndexStart(v, p)}", IndexStart(v, p));
    }

    private static void Indices(Verifier v, string name, in AccessPattern p)
    {
        var (index, indices) = (v.Program.TensorAt(p.Dynamic.Source), p.IndexPattern());
        if (index.Space != MemorySpace.Sbuf || index.DType is not (DType.Int32 or DType.UInt32))
        {
            v.Error(VerifyCodes.Dynamic, $"index of {name} ({index.Name}) is {index.DType.Name()} in {index.Space.Title()}, "
                + "must be int32 or uint32 in SBUF");
        }

        var end = (long)indices.StartPartition + indices.Partitions;
        var endByte = indices.Offset + indices.BytesPerPartition;
        if (indices.StartPartition < 0 || indices.Offset < 0 || end > index.Partitions || endByte > index.BytesPerPartition)
        {
            v.Error(VerifyCodes.Bounds, $"index of {name} is read from partitions {indices.StartPartition} to {end - 1}, "
                + $"bytes {indices.Offset} to {endByte - 1}, {index.Name} is {index.TypeText}");
        }

        if (IndexStart(v, p) % Quadrant != 0)
            v.Error(VerifyCodes.StartPartition, $"index of {name} ({index.Name}) starts at partition {IndexStart(v, p)}, must be a multiple of {Quadrant}");
    }

    private static int Start(Verifier v, in AccessPattern p) =>
        p.StartPartition + (v.Program.TensorOf(p).Address?.Partition ?? 0);

    private static int IndexStart(Verifier v, in AccessPattern p) => Start(v, p.IndexPattern());

    private static void Same(Verifier v, string name, int start, string other, int wanted)
    {
        if (start != wanted)
            v.Error(VerifyCodes.StartPartition, $"{name} starts at partition {start}, {other}: they must be equal where operands are indirect");
    }
}
