using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Makes a straight program from one with loops and the path that function took: bodies once for each iteration, waits
/// with absolute values, barriers as waits and signals between the engines that the core uses. It computes the same,
/// and time and its observers need to know nothing of loops. Operations are shared between iterations.
/// </summary>
public static class Unrolling
{
    /// <summary>The straight program; a program without loops as it is.</summary>
    /// <param name="program">Placed on engines.</param>
    /// <param name="path">The way through it.</param>
    /// <param name="maxEntries">Entries that a core may have then.</param>
    /// <exception cref="TrnException">TRN3006: more entries than the limit.</exception>
    public static Program Unroll(Program program, ExecutionPath path, long maxEntries = int.MaxValue)
    {
        if (!ExecutionPath.IsNeeded(program)) return program;
        var cores = program.Cores.Span.ToArray();
        for (var core = 0; core < cores.Length; core++)
        {
            if (cores[core].Entries.Any(e => e.Operation is IControlFlow))
                cores[core] = new CoreUnrolling(program, core, path[core], maxEntries).Run();
        }

        return program with { Cores = [.. cores] };
    }

    /// <summary>
    /// True when the entry is an operation of the program, not a step of a barrier that unrolling made from a loop.
    /// </summary>
    public static bool IsOfProgram(in Entry entry) => entry.Operation is not (Arrive or Branch);
}
