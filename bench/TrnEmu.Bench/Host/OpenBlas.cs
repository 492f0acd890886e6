using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Bench.Host;

/// <summary>
/// OpenBLAS by its C interface, one thread. Versions that do not know the processor, or whose environment says
/// OPENBLAS_CORETYPE=Haswell, use AVX2 at half the speed and every comparison is wrong; so the variable is set before
/// loading where the host has AVX-512, whatever it was.
/// </summary>
internal static unsafe partial class OpenBlas
{
    /// <summary>Category of benchmarks that need the library.</summary>
    public const string Category = "OpenBLAS";

    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transposed = 112;

    private static readonly nint Library = Load();

    private static readonly delegate* unmanaged<
        int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Gemm =
        (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
        Export("cblas_sgemm");

    public static bool IsPresent => Library != 0;

    /// <summary>The kernels that the library chose, or what is left out without it.</summary>
    public static string Description => IsPresent
        ? $"OpenBLAS: one thread, kernels of {CoreName()}"
        : "OpenBLAS is not installed (Debian: libopenblas0-pthread): the comparisons with it are left out.";

    /// <summary>c[m, n] += Σ_k a[k, m] b[k, n]; rows of a, b, c are m, n, n floats apart.</summary>
    public static void Accumulate(int m, int n, int k, float[] a, float[] b, float[] c)
    {
        fixed (float* pa = a, pb = b, pc = c)
            Gemm(RowMajor, Transposed, NoTranspose, m, n, k, 1, pa, m, pb, n, 1, pc, n);
    }

    /// <summary>c[m, n] = Σ_k a[m, k] b[k, n], rows without gaps: the form that is fastest here.</summary>
    public static void Multiply(int m, int n, int k, float[] a, float[] b, float[] c)
    {
        fixed (float* pa = a, pb = b, pc = c)
            Gemm(RowMajor, NoTranspose, NoTranspose, m, n, k, 1, pa, k, pb, n, 0, pc, n);
    }

    private static nint Load()
    {
        if (OperatingSystem.IsLinux() && Avx512F.IsSupported)
            _ = SetEnv("OPENBLAS_CORETYPE", "SkylakeX", overwrite: 1);
        foreach (var name in new[] { "libopenblas.so.0", "libopenblas.so", "libopenblas" })
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
                return library;
            }
        }

        return 0;
    }

    private static nint Export(string name) => IsPresent ? NativeLibrary.GetExport(Library, name) : 0;

    private static string? CoreName() =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Export("openblas_get_corename"))());

    /// <summary>Environment.SetEnvironmentVariable does not reach the environment that native code reads.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
