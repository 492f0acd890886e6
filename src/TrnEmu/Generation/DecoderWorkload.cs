using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>One step of a decoder, with room for a number of positions in its caches.</summary>
internal sealed class DecoderWorkload(Decoder decoder, ConstantLayout layout, int positions) : IWorkload
{
    /// <summary>The graph of the step.</summary>
    public ModelGraph Graph { get; } = decoder.Model.Graph.WithCachePositions(positions);

    /// <inheritdoc/>
    public string DefaultChip => "trn2";

    /// <inheritdoc/>
    public bool IsCompiled => false;

    /// <inheritdoc/>
    public DType DType => decoder.DType;

    /// <inheritdoc/>
    /// <remarks>A decoder is judged over all of its steps, by <see cref="LogitsCheck"/>.</remarks>
    public Action<ReferenceData>? Reference => null;

    /// <inheritdoc/>
    public long? UsefulMacs => GraphMacs.Of(Graph);

    /// <inheritdoc/>
    public byte[] Constant(Tensor tensor) => decoder.Model.Constants[tensor.Name];

    /// <inheritdoc/>
    public Program Trace(Chip chip)
    {
        var lowering = new GraphLowering(LoweringRegistry.All([.. Emulator.KernelAssemblies]));
        return lowering.Trace(Graph, chip, name => layout[name]);
    }
}
