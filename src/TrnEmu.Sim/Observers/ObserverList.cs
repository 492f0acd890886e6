using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Sim.Observers;

/// <summary>Several observers as one, asked in order.</summary>
public sealed class ObserverList(params IReadOnlyList<IExecutionObserver> observers) : IExecutionObserver
{
    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state)
    {
        foreach (var observer in observers) observer.BeforeExecute(core, index, entry, state);
    }
}
