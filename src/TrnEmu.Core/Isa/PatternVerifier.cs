using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// What every memory operand must satisfy by itself. Source: the NeuronCore-v2 architecture guide, "Accessing SBUF/PSUM
/// tensors using compute engines".
/// </summary>
internal static class PatternVerifier
{
    /// <summary>How an engine's instruction keeps a pattern is published for generation 2 only.</summary>
    public static readonly Gap Encoding = new(
        "access patterns", "patterns of engines have up to four free levels with sizes of 16 bits and strides of 16 bits with sign on "
        + "generation 2; most instructions are said to have fewer levels, but not which, and later generations are not mentioned",
        "four levels and strides of 16 bits for every operand of every generation, but for operations that name a smaller limit; levels "
        + "that continue each other count as one, whose size the limit on the free size bounds");

    /// <summary>The stride of partitions in a pattern that is laid on a view. Done by the front ends.</summary>
    public static readonly Gap FirstStride = new(
        "access patterns", "tensor.ap(pattern) wants as first stride the elements that a partition of the tensor has; for a view of a part "
        + "of each partition, whether the view's or the storage's are meant",
        "either leads to the next partition, as no other step is possible; the view's only with an offset inside of the view's row");

    /// <summary>
    /// Memory, dtype, partitions, start partition and strides (engines only; DMA starts anywhere) and static bounds.
    /// </summary>
    public static void Verify(Verifier v, OperandInfo operand, in AccessPattern p, bool checkStart)
    {
        var tensor = v.Program.TensorOf(p);
        if (!operand.Spaces.Has(tensor.Space))
            v.Error(VerifyCodes.Space, $"{operand.Name} ({tensor.Name}) is in {tensor.Space.Title()}, must be in {operand.Spaces.Title()}");
        if (!operand.DTypes.Contains(p.DType))
            v.Error(VerifyCodes.DType, $"{operand.Name} ({tensor.Name}) is {p.DType.Name()}, must be {Names(operand)}");
        if (tensor.Space != MemorySpace.Hbm)
        {
            Partitions(v, operand.Name, tensor, p);
            if (checkStart) Start(v, operand.Name, tensor, p);
            if (checkStart && !p.IsIndirect) Stride(v, operand.Name, tensor, p);
        }

        if (p.IsIndirect) IndirectRules.Operand(v, operand, p);
        Bounds(v, operand.Name, tensor, p.IsIndirect ? p with { Count3 = 1 } : p);
    }

    private static void Partitions(Verifier v, string name, Tensor tensor, in AccessPattern p)
    {
        if (p.Partitions is < 1 or > Limits.Partitions)
            v.Error(VerifyCodes.Partitions, $"{name} ({tensor.Name}) has {p.Partitions} partitions, limit {Limits.Partitions}");
        if (p.StartPartition < 0 || p.StartPartition > tensor.Partitions - p.Partitions)
        {
            v.Error(VerifyCodes.Bounds, $"{name} reaches partition {(long)p.StartPartition + p.Partitions - 1}, "
                + $"{tensor.Name} {tensor.TypeText} has {tensor.Partitions}");
        }
    }

    private static void Start(Verifier v, string name, Tensor tensor, in AccessPattern p)
    {
        var start = p.StartPartition + (tensor.Address?.Partition ?? 0);
        var step = p.Partitions > 64 ? 128 : p.Partitions > 32 ? 64 : 32;
        if (start % step == 0) return;
        v.Error(VerifyCodes.StartPartition, $"{name} ({tensor.Name}) starts at partition {start}, "
            + $"{p.Partitions} partitions can start at {string.Join(", ", Enumerable.Range(0, 128 / step).Select(i => i * step))}");
    }

    private static void Stride(Verifier v, string name, Tensor tensor, in AccessPattern p)
    {
        var stride = FreeElements.FurthestStride(p);
        if (stride is >= short.MinValue and <= short.MaxValue) return;
        v.Error(VerifyCodes.Stride, $"{name} ({tensor.Name}) has a stride of {stride} elements, limit {short.MinValue} to {short.MaxValue}: "
            + "a pattern keeps it in 16 bits");
    }

    private static void Bounds(Verifier v, string name, Tensor tensor, in AccessPattern p)
    {
        if (p.Count0 < 1 || p.Count1 < 1 || p.Count2 < 1 || p.Count3 < 1 || p.Partitions < 1)
        {
            v.Error(VerifyCodes.Bounds, $"{name} ({tensor.Name}) has no elements");
            return;
        }

        // Levels of stride 0 repeat within the bounds, so their product can be any size.
        var elements = (Int128)p.Count0 * p.Count1 * p.Count2 * p.Count3;
        if (elements > int.MaxValue)
        {
            v.Error(VerifyCodes.FreeSize, $"{name} free size is {elements}, limit {int.MaxValue} elements");
            return;
        }

        var (first, end) = p.FreeExtent();
        var limit = tensor.Space == MemorySpace.Hbm ? tensor.Bytes : tensor.BytesPerPartition;
        var rows = tensor.Space == MemorySpace.Hbm && p.Dynamic.Kind != OffsetKind.Vector
            ? p.PartitionStep * (p.Partitions - 1) * p.DType.Size()
            : 0;
        var low = p.Offset + first + Math.Min(rows, 0);
        var high = p.Offset + end + Math.Max(rows, 0);
        if (low < 0 || high > limit)
        {
            var where = tensor.Space == MemorySpace.Hbm ? "" : " in each partition";
            v.Error(VerifyCodes.Bounds, $"{name} touches bytes {low} to {high - 1}{where}, {tensor.Name} {tensor.TypeText} has {limit}");
        }
    }

    private static string Names(OperandInfo operand) => string.Join(" or ", operand.DTypes.Select(d => d.Name()));
}
