using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.CacheAppend;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("cache_append")]
public sealed class CacheAppendLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        CacheAppend.Emit(k, views.Output, views["rows"], views["position"]);
}
