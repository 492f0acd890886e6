using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Eager;

/// <summary>One core of an eager run.</summary>
/// <param name="state">Its registers and engine state.</param>
/// <param name="loops">Its device loops.</param>
/// <param name="sums">Decides its automatic accumulation.</param>
/// <param name="tensors">All tensors.</param>
internal sealed class EagerCore(CoreState state, EagerLoops loops, AccumulationResolver sums, IReadOnlyList<Tensor> tensors)
{
    private readonly HashSet<int> _lateTensors = [];
    private AccumulationResolver? _late;
    private int _findings;

    /// <summary>Registers and engine state.</summary>
    public CoreState State { get; } = state;

    /// <summary>Device loops.</summary>
    public EagerLoops Loops { get; } = loops;

    /// <summary>A tensor is made that was not recorded before.</summary>
    public void Make(int tensor)
    {
        Loops.Made(tensor);
        if (!Loops.IsInserting)
        {
            sums.Make(tensor);
            return;
        }

        _lateTensors.Add(tensor);
        _late!.Make(tensor);
    }

    /// <summary>Nobody uses the tensor any more.</summary>
    public void Forget(int tensor) => sums.Forget(tensor);

    /// <summary>The operation with its accumulation decided.</summary>
    /// <exception cref="TrnException">TRN2110, TRN2458: it cannot be.</exception>
    public Operation Resolve(Operation operation) => Loops.IsInserting ? ResolveLate(operation) : Resolve(operation, sums);

    /// <summary>
    /// A body begins whose loop was recorded without one: what its tensors hold is decided by itself, since the loops
    /// around it have been decided already.
    /// </summary>
    public void BeginLate(Operation loop)
    {
        _late = new AccumulationResolver(tensors, State.Chip.Generation);
        _lateTensors.Clear();
        _findings = 0;
        Resolve(loop, _late);
    }

    /// <summary>The late body has ended for the first time.</summary>
    public void EndLate(Operation end)
    {
        Resolve(end, _late!);
        _findings = sums.Findings.Count;
    }

    private Operation ResolveLate(Operation operation)
    {
        if (operation is not IAccumulating sum || _lateTensors.Contains(sum.Dst.Tensor)) return Resolve(operation, _late!);
        if (sum.Accumulate.Kind != AccumulationKind.Automatic) return operation;
        throw EagerFaults.Bad(
            LoopCodes.Accumulation,
            $"{operation.Info.Name}: accumulate is automatic, and the loop around it did not run when the loop around that was recorded",
            operation.Span);
    }

    private Operation Resolve(Operation operation, AccumulationResolver by)
    {
        var resolved = by.Resolve(operation);
        if (by.Findings.Count == _findings) return resolved;
        Diagnostic[] found = [.. by.Findings.Skip(_findings)];
        _findings = by.Findings.Count;
        throw new TrnException(FailureKind.BadInput, found);
    }
}
