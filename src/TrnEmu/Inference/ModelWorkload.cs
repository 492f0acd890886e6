using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Inference;

/// <summary>A model whose graph is compiled as a whole.</summary>
internal sealed class ModelWorkload(Model model, DType dtype, ConstantLayout layout, RunOptions options) : IWorkload
{
    /// <summary>What is compiled, with its constants.</summary>
    public Model Model => model;

    /// <summary>What is compiled.</summary>
    public ModelGraph Graph => model.Graph;

    /// <inheritdoc/>
    public string DefaultChip => "trn2";

    /// <inheritdoc/>
    public bool IsCompiled => false;

    /// <inheritdoc/>
    public DType DType => dtype;

    /// <inheritdoc/>
    /// <remarks>Models are judged over all of their runs.</remarks>
    public Action<ReferenceData>? Reference => null;

    /// <inheritdoc/>
    public long? UsefulMacs => GraphMacs.Of(Graph);

    /// <inheritdoc/>
    public byte[] Constant(Tensor tensor) => model.Constants[tensor.Name];

    /// <inheritdoc/>
    /// <remarks>What HBM must hold is known before anything is traced.</remarks>
    public Program Trace(Chip chip)
    {
        Emulator.CheckMemory(Graph.Tensors.Sum(t => t.Type.Bytes), options);
        var lowering = new GraphLowering(Emulator.Lowerings) { MaxOperations = options.MaxModelInstructions };
        return lowering.Trace(Graph, chip, name => layout[name]);
    }
}
