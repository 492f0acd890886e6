using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Decides automatic PSUM accumulation while a kernel is recorded. A sum overwrites an element that no matmul has
/// written since the tensor was made, or since another instruction wrote it, and is added to all others; reading
/// changes nothing. The rule belongs to tensors: two at one address know nothing of each other. A write whose place
/// is known only while running counts for all elements of its partitions. Sums that an index scatters leave automatic
/// accumulation undecided, theirs and what follows in their tensor. In the body of a loop a sum must do the same in
/// each iteration, and behind a loop the same whether it ran or not. Source: nki.isa.nc_matmul, accumulate.
/// </summary>
/// <param name="tensors">The tensors of the program; it may grow between calls.</param>
/// <param name="generation">Generation of the chip: before 4, adding to what no matmul wrote is an error.</param>
public sealed class AccumulationResolver(IReadOnlyList<Tensor> tensors, int generation)
{
    private const int FirstGenerationThatAddsToAnything = 4;
    private readonly Dictionary<int, PsumSums> _masks = [];
    private readonly HashSet<int> _scattered = [];
    private readonly Stack<AccumulationLoop> _loops = [];
    private readonly HashSet<Operation> _reported = new(ReferenceEqualityComparer.Instance);
    private readonly EffectSink _effects = new();
    private readonly List<Diagnostic> _findings = [];

    /// <summary>
    /// Explicit additions to elements that hold no sum, and automatic ones that would differ between iterations.
    /// </summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>
    /// The next operation in program order, with its accumulation resolved to overwrite, add or mixed; other operations
    /// come back as they are. A destination that verification refuses is left to it.
    /// </summary>
    public Operation Resolve(Operation operation)
    {
        if (operation is IControlFlow control)
        {
            Pass(operation, control, isSecond: false);
            return operation;
        }

        var resolved = ResolveNow(operation);
        if (_loops.TryPeek(out var loop)) loop.Body.Add((operation, resolved));
        return resolved;
    }

    private void Pass(Operation operation, IControlFlow control, bool isSecond)
    {
        if (control.Nesting > 0)
        {
            _loops.Push(new AccumulationLoop(operation));
            return;
        }

        if (!_loops.TryPeek(out var loop)) return;
        if (!isSecond)
        {
            foreach (var tensor in loop.Made) _masks.Remove(tensor);
            RepeatBody([.. loop.Body]);
        }

        _loops.Pop();
        loop.MergeInto(_masks, tensors);
        if (!_loops.TryPeek(out var outer) || isSecond) return;
        outer.Made.AddRange(loop.Made);
        outer.Body.Add((loop.Begin, loop.Begin));
        outer.Body.AddRange(loop.Body);
        outer.Body.Add((operation, operation));
    }

    /// <summary>The second iteration must decide as the first; all later ones begin as the second does.</summary>
    private void RepeatBody(List<(Operation Operation, Operation First)> body)
    {
        foreach (var (operation, first) in body)
        {
            if (operation is IControlFlow control) Pass(operation, control, isSecond: true);
            else if (ResolveNow(operation) is IAccumulating second) Compare(operation, (IAccumulating)first, second);
        }
    }

    private void Compare(Operation operation, IAccumulating first, IAccumulating second)
    {
        if (first.Accumulate == second.Accumulate) return;
        Report(
            operation, LoopCodes.Accumulation,
            $"accumulate is automatic: in the first iteration of its loop it would be {Words(first)}, in the next "
            + Words(second));
    }

    private static string Words(IAccumulating sum) => sum.Accumulate.Kind switch
    {
        AccumulationKind.Overwrite => "false",
        AccumulationKind.Add => "true",
        AccumulationKind.Mixed => "true for some elements",
        _ => "decided by indices",
    };

    private Operation ResolveNow(Operation operation)
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

    /// <summary>A tensor is made: in the body of a loop each iteration makes it anew.</summary>
    public void Make(int tensor)
    {
        _masks.Remove(tensor);
        if (_loops.TryPeek(out var loop)) loop.Made.Add(tensor);
    }

    private Operation Resolve(Operation operation, IAccumulating sum)
    {
        var dst = sum.Dst;
        Remember(dst.Tensor);
        if (!_masks.TryGetValue(dst.Tensor, out var mask))
            _masks.Add(dst.Tensor, mask = new PsumSums(tensors[dst.Tensor]));
        var resolved = operation;
        if (sum.Accumulate.Kind == AccumulationKind.Automatic)
            resolved = sum.WithAccumulation(Decide(operation, mask, dst));
        else if (sum.Accumulate.Kind != AccumulationKind.Overwrite && generation < FirstGenerationThatAddsToAnything)
            DemandSums(operation, mask.Perhaps, dst, sum.Accumulate);
        mask.Mark(dst, isMatmul: true);
        return resolved;
    }

    private Accumulation Decide(Operation operation, PsumSums sums, in AccessPattern dst)
    {
        var decided = Decide(sums.Surely, dst);
        if (sums.Perhaps != sums.Surely && Decide(sums.Perhaps, dst) != decided)
        {
            Report(
                operation, LoopCodes.Accumulation,
                "accumulate is automatic: whether elements of dst hold a sum depends on how often a loop runs");
        }

        return decided;
    }

    /// <summary>A tensor changes: the loops around keep what was before.</summary>
    private void Remember(int tensor)
    {
        foreach (var loop in _loops) loop.Remember(tensor, _masks);
    }

    private void Report(Operation operation, DiagnosticCode code, string message)
    {
        if (!_reported.Add(operation)) return;
        _findings.Add(Diagnostic.Error(code, $"{operation.Info.Name}: {message}", operation.Span));
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

        if (missing > 0 && _reported.Add(operation)) _findings.Add(NothingToAddTo(operation, dst, missing, first));
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
            Remember(effect.Pattern.Tensor);
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
