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
    public double[] this[string tensor] => _tensors[tensor];
}
