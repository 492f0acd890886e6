using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Machine;

/// <summary>Counts the iterations of all loops of a core, so that one without end is found.</summary>
internal sealed class IterationBudget(long limit)
{
    private long _spent;

    /// <summary>
    /// One more iteration of a loop, the <paramref name="trip"/>th since it was entered; or the loop is entered and has
    /// none (0).
    /// </summary>
    /// <exception cref="TrnException">TRN3005: that is more than the limit.</exception>
    public void Spend(Operation loop, long trip)
    {
        if (_spent++ < limit) return;
        throw new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Iterations,
            FormattableString.Invariant($"{loop.Info.Name} begins iteration {trip}; with those of all loops of the ")
            + FormattableString.Invariant($"core that is iteration {_spent}, limit {limit} (--max-iterations)"),
            loop.Span));
    }
}
