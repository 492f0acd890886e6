using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Eager;

/// <summary>One core of an eager run.</summary>
/// <param name="state">Its registers and engine state.</param>
/// <param name="loops">Its device loops.</param>
/// <param name="sums">Decides its automatic accumulation.</param>
internal sealed class EagerCore(CoreState state, EagerLoops loops, AccumulationResolver sums)
{
    private int _findings;

    /// <summary>Registers and engine state.</summary>
    public CoreState State { get; } = state;

    /// <summary>Device loops.</summary>
    public EagerLoops Loops { get; } = loops;

    /// <summary>Decides automatic accumulation.</summary>
    public AccumulationResolver Sums { get; } = sums;

    /// <summary>The operation with its accumulation decided.</summary>
    /// <exception cref="TrnException">TRN2110, TRN2458: it cannot be.</exception>
    public Operation Resolve(Operation operation)
    {
        var resolved = Sums.Resolve(operation);
        if (Sums.Findings.Count == _findings) return resolved;
        Diagnostic[] found = [.. Sums.Findings.Skip(_findings)];
        _findings = Sums.Findings.Count;
        throw new TrnException(FailureKind.BadInput, found);
    }
}
