using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Decides automatic PSUM accumulation while a kernel is recorded. A sum overwrites an element that no matmul has
/// written since the tensor was made, or since another instruction wrote it, and is added to all others; reading
/// changes nothing. The rule belongs to tensors: two at one address know nothing of each other. A write whose place
/// is known only while running counts for all elements of its partitions. Sums that an index scatters leave automatic
/// accumulation undecided, theirs and what follows in their tensor. Source: nki.isa.nc_matmul, accumulate.
/// </summary>
/// <param name="tensors">The tensors of the program; it may grow between calls.</param>
/// <param name="generation">Generation of the chip: before 4, adding to what no matmul wrote is an error.</param>
public sealed class AccumulationResolver(IReadOnlyList<Tensor> tensors, int generation)
{
    private const int FirstGenerationThatAddsToAnything = 4;
    private readonly Dictionary<int, PsumMask> _masks = [];
    private readonly HashSet<int> _scattered = [];
    private readonly EffectSink _effects = new();
    private readonly List<Diagnostic> _findings = [];

    /// <summary>Explicit additions to elements that hold no sum.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>
    /// The next operation in program order, with its accumulation resolved to overwrite, add or mixed; other operations
    /// come back as they are. A destination that verification refuses is left to it.
    /// </summary>
    public Operation Resolve(Operation operation)
    {
        if (operation is IAccumulating sum)
        {
            if (sum.Dst.IsIndirect) _scattered.Add(sum.Dst.Tensor);
            if (_scattered.Contains(sum.Dst.Tensor)) return operation;
            if (IsResolvable(sum.Dst)) return Resolve(operation, sum);
            var isOpen = sum.Accumulate.Kind == AccumulationKind.Automatic;
            return isOpen ? sum.WithAccumulation(Accumulation.Overwrite) : operation;
        }

        if (_masks.Count > 0) Forget(operation);
        return operation;
    }

    /// <summary>Nothing will touch the tensor any more: what is known about it is dropped.</summary>
    public void Forget(int tensor) => _masks.Remove(tensor);

    private Operation Resolve(Operation operation, IAccumulating sum)
    {
        var dst = sum.Dst;
        if (!_masks.TryGetValue(dst.Tensor, out var mask))
            _masks.Add(dst.Tensor, mask = new PsumMask(tensors[dst.Tensor]));
        if (sum.Accumulate.Kind == AccumulationKind.Automatic)
            operation = sum.WithAccumulation(Decide(mask, dst));
        else if (sum.Accumulate.Kind != AccumulationKind.Overwrite && generation < FirstGenerationThatAddsToAnything)
            DemandSums(operation, mask, dst, sum.Accumulate);
        mask.Mark(dst, isMatmul: true);
        return operation;
    }

    private static Accumulation Decide(PsumMask mask, in AccessPattern dst)
    {
        if (mask.WrittenByMatmul(dst) is { } uniform) return uniform;
        var runs = Runs(mask, dst);
        return runs switch
        {
            [_] => Accumulation.Overwrite,
            [0, _] => Accumulation.Add,
            _ => new Accumulation(AccumulationKind.Mixed, [.. runs]),
        };
    }

    /// <summary>Lengths of alternating runs in pattern order, the first of elements that no matmul wrote.</summary>
    private static List<int> Runs(PsumMask mask, in AccessPattern dst)
    {
        var runs = new List<int> { 0 };
        var adds = false;
        for (var partition = 0; partition < dst.Partitions; partition++)
        {
            for (long element = 0; element < dst.Free; element++)
            {
                if (mask.IsWritten(dst, partition, element) != adds)
                {
                    adds = !adds;
                    runs.Add(0);
                }

                runs[^1]++;
            }
        }

        return runs;
    }

    /// <summary>Runs that do not cover the destination are verification's to report.</summary>
    private void DemandSums(Operation operation, PsumMask mask, in AccessPattern dst, in Accumulation accumulate)
    {
        if (mask.WrittenByMatmul(dst) == true) return;
        var isMixed = accumulate.Kind == AccumulationKind.Mixed;
        var (run, end) = (0, isMixed ? accumulate.Runs[0] : dst.Elements);
        long first = -1, missing = 0;
        for (long i = 0; i < dst.Elements; i++)
        {
            while (i == end) end += ++run < accumulate.Runs.Count ? accumulate.Runs[run] : dst.Elements;
            var (partition, element) = Math.DivRem(i, dst.Free);
            if ((isMixed && run % 2 == 0) || mask.IsWritten(dst, (int)partition, element)) continue;
            if (missing++ == 0) first = i;
        }

        if (missing > 0) _findings.Add(NothingToAddTo(operation, dst, missing, first));
    }

    private Diagnostic NothingToAddTo(Operation operation, in AccessPattern dst, long missing, long first)
    {
        var tensor = tensors[dst.Tensor];
        return Diagnostic.Error(
            TensorCodes.NothingToAddTo,
            $"{operation.Info.Name}: accumulate is true, but {missing} of {dst.Elements} elements of dst "
            + $"({tensor.Name} {tensor.TypeText}) hold no matmul result, the first in row "
            + $"{first / dst.Free}, column {first % dst.Free}",
            operation.Span,
            new DiagnosticNote(tensor.Span, $"{tensor.Name} was made here"));
    }

    private void Forget(Operation operation)
    {
        _effects.Clear();
        operation.Effects(_effects);
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (!effect.Writes || !_masks.TryGetValue(effect.Pattern.Tensor, out var mask)) continue;
            if (!IsInside(effect.Pattern)) continue;
            if (effect.Pattern.IsDynamic) mask.ClearPartitions(effect.Pattern);
            else mask.Mark(effect.Pattern, isMatmul: false);
        }
    }

    private bool IsResolvable(in AccessPattern dst) =>
        tensors[dst.Tensor].Space == MemorySpace.Psum && !dst.IsDynamic && IsInside(dst);

    private bool IsInside(in AccessPattern p)
    {
        var tensor = tensors[p.Tensor];
        if (p.Partitions < 1 || p.Free < 1 || p.StartPartition < 0) return false;
        if (p.StartPartition + p.Partitions > tensor.Partitions) return false;
        var (first, end) = p.FreeExtent();
        return p.IsDynamic || (p.Offset + first >= 0 && p.Offset + end <= tensor.BytesPerPartition);
    }
}
