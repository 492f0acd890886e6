using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Compiler.Passes;

/// <summary>What a caller can choose about compilation.</summary>
public sealed record CompileOptions
{
    /// <summary>Called with each warning.</summary>
    public Action<Diagnostic>? Warn { get; init; }

    /// <summary>Called with what the compiler moves to HBM and back, where it has to.</summary>
    public Action<SpillCounts>? Spilled { get; init; }

    /// <summary>Called with the name of each pass and the program after it (<c>--dump-after</c>).</summary>
    public Action<string, Program>? AfterPass { get; init; }

    /// <summary>In which order operations stand.</summary>
    public OperationOrder Order { get; init; }

    /// <summary>
    /// What operations cost, for a list schedule; null when each costs the same and nobody can tell which of two
    /// programs is faster.
    /// </summary>
    public IOperationCosts? Costs { get; init; }

    /// <summary>
    /// True: a new tensor takes bytes behind the last one, so that those just freed are reused as late as possible and
    /// neighbouring iterations of a loop need not wait for each other (automatic multi-buffering, as far as the memory
    /// reaches). False: it takes the lowest free bytes, and a tensor made in each iteration has the same ones again.
    /// </summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Called with a model, its graph and constants, before it becomes a trace.</summary>
    public Action<Model>? Graph { get; init; }
}
