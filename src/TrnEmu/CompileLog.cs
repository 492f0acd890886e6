using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu;

/// <summary>What a compilation tells beside the program.</summary>
internal sealed class CompileLog
{
    private readonly List<Diagnostic> _warnings = [];

    /// <summary>Options that write here.</summary>
    public CompileOptions Options => new() { Warn = _warnings.Add, Spilled = s => Spills += s };

    /// <summary>Warnings.</summary>
    public IReadOnlyList<Diagnostic> Warnings => _warnings;

    /// <summary>What is moved to HBM and back.</summary>
    public SpillCounts Spills { get; private set; }
}
