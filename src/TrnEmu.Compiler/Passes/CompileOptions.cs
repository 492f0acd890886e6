using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>What a caller can choose about compilation.</summary>
public sealed record CompileOptions
{
    /// <summary>Called with the name of each pass and the program after it (<c>--dump-after</c>).</summary>
    public Action<string, Program>? AfterPass { get; init; }

    /// <summary>Called with the graph of a model before it becomes a trace.</summary>
    public Action<ModelGraph>? Graph { get; init; }
}
