using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// The emitted kernels, made when first asked for. .NET has no intrinsics for these instructions, so the bytes are
/// written here and called by address; the calls are short (below a microsecond), so the garbage collector is not told.
/// </summary>
internal static unsafe class DotKernels
{
    private const int ExtendedFeatures = 7;
    private const int Bf16Bit = 5;

    private static readonly byte*[] Code = Make();

    /// <summary>The processor has the instructions and the system let them be emitted.</summary>
    public static bool AreMade => Code.Length > 0;

    /// <summary>Six rows.</summary>
    public static delegate* unmanaged[SuppressGCTransition]<nint, float*, nint, float*, float*, nint, void> Six(
        bool accumulate) => Kernel(accumulate ? 1 : 0);

    /// <summary>Four rows.</summary>
    public static delegate* unmanaged[SuppressGCTransition]<nint, float*, nint, float*, float*, nint, void> Four(
        bool accumulate) => Kernel(accumulate ? 3 : 2);

    private static delegate* unmanaged[SuppressGCTransition]<nint, float*, nint, float*, float*, nint, void> Kernel(
        int index) =>
        (delegate* unmanaged[SuppressGCTransition]<nint, float*, nint, float*, float*, nint, void>)Code[index];

    private static byte*[] Make()
    {
        if (!IsSupported()) return [];
        var x = new X64Writer();
        var starts = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            starts[i] = x.Length;
            DotKernelCode.Emit(x, i < 2 ? 6 : 4, accumulate: i % 2 == 1);
            x.Align();
        }

        var code = ExecutableCode.Place(x.Code);
        return code == null ? [] : [code + starts[0], code + starts[1], code + starts[2], code + starts[3]];
    }

    /// <summary>CPUID leaf 7: EAX of subleaf 1 has avx512_bf16; .NET tells whether the system keeps the registers.</summary>
    private static bool IsSupported() =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && Avx512BW.IsSupported && Avx512Vbmi.IsSupported
        && X86Base.CpuId(ExtendedFeatures, 0).Eax >= 1
        && ((X86Base.CpuId(ExtendedFeatures, 1).Eax >> Bf16Bit) & 1) == 1;
}
