using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Where the semaphores of each entry of a core count from 0: at the start of the program, for entries outside of
/// loops, or behind the last barrier of a loop.
/// </summary>
internal sealed class LoopScopes
{
    /// <summary>The scope of entries outside of loops.</summary>
    public const int Outside = 0;

    private readonly int[]? _scopes;

    /// <summary>Numbers the stretches between the barriers of loops from 1 on.</summary>
    public LoopScopes(EquatableArray<Entry> entries)
    {
        var span = entries.Span;
        var (depth, scope) = (0, Outside);
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i].Operation is IControlFlow control)
            {
                _scopes ??= new int[span.Length];
                depth += control.Nesting;
                scope++;
            }

            if (depth > 0) _scopes![i] = scope;
        }
    }

    /// <summary>The scope of an entry.</summary>
    public int this[int entry] => _scopes is null ? Outside : _scopes[entry];
}
