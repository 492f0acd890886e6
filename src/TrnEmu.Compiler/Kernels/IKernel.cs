using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>
/// A kernel: how it is built on a chip, what it computes in fp64, and the cases that it is tested and measured with.
/// </summary>
public interface IKernel
{
    /// <summary>Its dimensions by name, with the sizes that a case leaves out.</summary>
    IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Sizes and dtypes worth testing; the first is what a run without further words takes.</summary>
    IReadOnlyList<KernelCase> Cases { get; }

    /// <summary>Records the kernel: declares inputs and outputs, then issues operations.</summary>
    void Build(KernelBuilder k, Sizes sizes, DType dtype);

    /// <summary>Multiply-adds that the task needs, for MFU; null where matrix products are not the point.</summary>
    long? Macs(Sizes sizes) => null;

    /// <summary>
    /// How often a value is rounded to the case's dtype on its way to an output: once, and once more for each
    /// intermediate that is kept in that dtype.
    /// </summary>
    int Roundings => 1;

    /// <summary>Computes the outputs from the inputs in fp64, by plain loops.</summary>
    void Reference(Sizes sizes, ReferenceData data);
}

/// <summary>A dimension of a kernel.</summary>
/// <param name="Name">As <c>--dim</c> takes it.</param>
/// <param name="Default">Size when nothing else is said.</param>
/// <param name="Summary">What it counts.</param>
/// <param name="Minimum">Smallest size that the kernel takes.</param>
/// <param name="Maximum">Largest size that the kernel takes, whatever the chip; memory may limit it further.</param>
public sealed record Dimension(string Name, int Default, string Summary, int Minimum = 1, int Maximum = int.MaxValue);

/// <summary>Sizes and a dtype under a name.</summary>
/// <param name="Name">As <c>--case</c> takes it.</param>
/// <param name="DType">Type of the tensors.</param>
/// <param name="Sizes">Sizes that differ from the defaults.</param>
public sealed record KernelCase(string Name, DType DType, params (string Dimension, int Size)[] Sizes);
