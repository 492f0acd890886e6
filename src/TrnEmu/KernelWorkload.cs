using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu;

/// <summary>A kernel with sizes and a dtype.</summary>
internal sealed class KernelWorkload(Kernel kernel, Sizes sizes, DType dtype, long maxOperations) : IWorkload
{
    private const int Trn2Generation = 3;

    /// <inheritdoc/>
    public string DefaultChip => kernel.MinGeneration > Trn2Generation ? "trn3" : "trn2";

    /// <inheritdoc/>
    public bool IsCompiled => false;

    /// <inheritdoc/>
    public DType DType => dtype;

    /// <inheritdoc/>
    public int Roundings => kernel.Body.Roundings;

    /// <inheritdoc/>
    public Action<ReferenceData>? Reference => data => kernel.Body.Reference(sizes, data);

    /// <inheritdoc/>
    public long? UsefulMacs => kernel.Body.Macs(sizes);

    /// <summary>A kernel by name, with the case, sizes and dtype that the options ask for.</summary>
    public static KernelWorkload Find(string name, RunOptions options)
    {
        var kernel = KernelRegistry.Find(name, [.. Emulator.KernelAssemblies]);
        var @case = kernel.Case(options.Case);
        var sizes = kernel.Sizes(@case, options.Dims.Select(d => (d.Key, d.Value)));
        return new KernelWorkload(kernel, sizes, options.DType ?? @case.DType, options.MaxInstructions);
    }

    /// <inheritdoc/>
    public byte[] Constant(Tensor tensor) => throw new InvalidOperationException($"kernel {kernel.Name} has constants in a file");

    /// <inheritdoc/>
    public Program Trace(Chip chip) => kernel.Trace(chip, sizes, dtype, maxOperations);
}
