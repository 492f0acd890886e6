using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Kernels;

/// <summary>Inputs and outputs of a kernel in fp64, row-major, by tensor name.</summary>
public sealed class ReferenceData
{
    private readonly Dictionary<string, double[]> _tensors = [];

    /// <summary>
    /// Inputs (and what is updated in place) as <paramref name="read"/> gives them, outputs all zero.
    /// </summary>
    public ReferenceData(Program program, Func<Tensor, double[]> read)
    {
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Role == TensorRole.Internal) continue;
            _tensors.Add(tensor.Name, tensor.Role == TensorRole.Output ? new double[tensor.Elements] : read(tensor));
        }
    }

    /// <summary>The values of a tensor; those of outputs are for the reference to write.</summary>
    /// <exception cref="TrnException">TRN4203: the kernel declares none of that name; at the caller's line.</exception>
    public double[] this[string tensor, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        _tensors.TryGetValue(tensor, out var values) ? values : throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            KernelCodes.Dimension, $"the kernel declares no input or output {tensor}, only {string.Join(", ", _tensors.Keys)}",
            SourceSpan.FromCaller(file, line)));
}
