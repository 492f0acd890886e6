using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>A kernel under its name.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Body">The kernel itself.</param>
/// <param name="MinGeneration">First generation that has what it uses.</param>
public sealed record Kernel(string Name, string Summary, IKernel Body, int MinGeneration = 2)
{
    /// <summary>True when the chip's generation has what the kernel uses.</summary>
    public bool RunsOn(Chip chip) => chip.Generation >= MinGeneration;

    /// <summary>The case of that name; the first when null.</summary>
    /// <exception cref="TrnException">TRN4202: there is none.</exception>
    public KernelCase Case(string? name = null)
    {
        if (name is null) return Body.Cases[0];
        return Body.Cases.FirstOrDefault(c => c.Name == name) ?? throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            KernelCodes.Case, $"kernel {Name} has no case {name}, expected {string.Join(", ", Body.Cases.Select(c => c.Name))}",
            SourceSpan.None));
    }

    /// <summary>The sizes of a case, some replaced by name.</summary>
    /// <exception cref="TrnException">TRN4203: no such dimension, or a size outside its limits.</exception>
    public Sizes Sizes(KernelCase @case, params IEnumerable<(string Dimension, int Size)> overrides) =>
        new(Name, Body.Dimensions, @case.Sizes.Concat(overrides));

    /// <summary>The kernel's trace for a chip, sizes and a dtype.</summary>
    public Program Trace(Chip chip, Sizes sizes, DType dtype, long maxOperations = 20_000_000)
    {
        var k = new KernelBuilder(chip) { MaxOperations = maxOperations };
        Body.Build(k, sizes, dtype);
        return k.Build();
    }
}
