using System.Runtime.Intrinsics.X86;
using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>The bf16 tile in a process without AVX-512, against OpenBLAS with kernels for AVX2.</summary>
internal static class Avx2Row
{
    /// <summary>Of the child.</summary>
    public const string Name = "avx2";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_EnableAVX512"] = "0",
        ["OPENBLAS_CORETYPE"] = "Haswell",
    };

    public static IEnumerable<Row> Of()
    {
        yield return new Row("tile bf16 on an AVX2-only processor", Bound.AtLeast(0.9), "OpenBLAS sgemm on AVX2", e => Child.Measure(e, Name, environment: Environment));
    }

    /// <summary>The child's measurement.</summary>
    public static Measurement Here(Effort effort)
    {
        if (Avx512F.IsSupported) return Measurement.Missing("The runtime uses AVX-512 all the same.");
        if (!Avx2.IsSupported) return Measurement.Missing("This processor has no AVX2.");
        var result = TileRows.AgainstBlas(effort, ArrayPath.Portable, t => t.Bf16);
        return result is Measured measured ? measured.With(OpenBlas.Description) : result;
    }
}
