using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>
/// The HBM that all programs of a model share: constants, where the importer has put them, and caches with room for the
/// longest sequence of the run. A program for fewer positions uses the first rows of each cache, so nothing moves when a longer
/// one follows.
/// </summary>
internal sealed class ModelMemory : IDisposable
{
    private readonly Dictionary<string, NativeBlock> _blocks = [];

    /// <summary>Constants are not copied, no program writes them; caches are zero.</summary>
    public ModelMemory(Model model, int positions)
    {
        foreach (var tensor in model.Graph.WithCachePositions(positions).Tensors)
        {
            if (tensor.Role is not (GraphRole.Constant or GraphRole.Cache)) continue;
            _blocks.Add(tensor.Name, tensor.Role == GraphRole.Constant
                ? new NativeBlock(model.Constants[tensor.Name]) : new NativeBlock(tensor.Type.Bytes));
        }
    }

    /// <summary>The bytes of a tensor that is shared; null for others.</summary>
    public NativeBlock? Find(Tensor tensor) =>
        tensor.Role is TensorRole.Constant or TensorRole.InOut ? _blocks[tensor.Name] : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var block in _blocks.Values) block.Dispose();
    }
}
