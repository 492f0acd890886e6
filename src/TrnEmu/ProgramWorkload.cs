using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;

namespace TrnEmu;

/// <summary>
/// A program in text form: compiled when every operation has its engine and every tensor its address.
/// </summary>
internal sealed class ProgramWorkload(Program program, string path) : IWorkload
{
    /// <inheritdoc/>
    public string DefaultChip => program.Chip;

    /// <inheritdoc/>
    public bool IsCompiled { get; } =
        program.Cores.All(c => c.Entries.All(e => e.Engine != Engine.None && (e.Queue >= 0 || !e.Operation.Info.Attribute.IsDma)))
        && program.Tensors.All(t => t.Space == MemorySpace.Hbm || t.Address is not null);

    /// <inheritdoc/>
    public DType DType => DType.Fp32;

    /// <inheritdoc/>
    public Action<ReferenceData>? Reference => null;

    /// <inheritdoc/>
    public long? UsefulMacs => null;

    /// <summary>Reads the file; kernel options do not apply to it.</summary>
    /// <exception cref="TrnException">A kernel option was given, or the file has errors.</exception>
    public static ProgramWorkload Load(string path, RunOptions options)
    {
        if (options.Case is not null || options.Dims.Count > 0 || options.DType is not null)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                Emulator.Target, "--case, --dim and --dtype choose among the cases of a kernel; a .trn program is what it is",
                new SourceSpan(path, 0)));
        }

        return new ProgramWorkload(ProgramFile.Load(path), path);
    }

    /// <inheritdoc/>
    /// <exception cref="TrnException">The file of constants is missing, short or another one.</exception>
    public byte[] Constant(Tensor tensor)
    {
        using var file = ConstantFile.Open(path, out var finding);
        var bytes = new byte[tensor.Bytes];
        finding ??= file!.Read(tensor, bytes);
        return finding is null ? bytes : throw new TrnException(FailureKind.BadInput, finding);
    }

    /// <inheritdoc/>
    public Program Trace(Chip chip) => program;
}
