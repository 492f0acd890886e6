using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Products of bf16 and fp8 operands by the processor's bf16 dot-product instructions (x86-64 with avx512_bf16 on Linux),
/// about twice as fast as fma. The bits of results are the same with and without; it is there for the speed alone, and
/// elsewhere it is silently absent.
/// </summary>
public static class MatmulAccelerator
{
    /// <summary>The environment variable that switches it off from the start: TRNEMU_ACCELERATOR=off.</summary>
    public const string Variable = "TRNEMU_ACCELERATOR";

    private const string Off = "off";

    /// <summary>Whether products may use it: true unless the environment says off. For the whole process, at any time.</summary>
    public static bool IsEnabled { get; set; } =
        !Off.Equals(Environment.GetEnvironmentVariable(Variable), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// True where the processor has the instructions, the system lets a process emit code, and the kernels passed their
    /// test against the scalar meaning, which runs when this is first asked for.
    /// </summary>
    public static bool IsAvailable => Tested.Passed;

    /// <summary>Products use it.</summary>
    internal static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsEnabled && IsAvailable;
    }

    /// <summary>Apart, so that switching it off costs nothing.</summary>
    private static class Tested
    {
        public static readonly bool Passed = DotKernels.AreMade && DotSelfTest.Passes<KernelDot>();
    }
}
