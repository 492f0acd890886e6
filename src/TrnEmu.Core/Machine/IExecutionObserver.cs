using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Machine;

/// <summary>Watches the function pass; changes nothing.</summary>
public interface IExecutionObserver
{
    /// <summary>
    /// The operation is about to execute. Indices in registers and memory have their values, so dynamic addresses can
    /// be resolved through <paramref name="state"/>.
    /// </summary>
    /// <exception cref="Diagnostics.TrnException">A fault: the run stops here.</exception>
    void BeforeExecute(int core, int index, in Entry entry, CoreState state);
}
