using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>
/// A matmul 512 x 768 x 3072 in bf16 with its loads, sums in PSUM, rounding and stores, under the observers of a run.
/// </summary>
internal static class GemmRows
{
    public static IEnumerable<Row> Of()
    {
        yield return new Row("GEMM 512x768x3072 bf16, portable", Bound.AtLeast(0.92), "OpenBLAS sgemm", e => Measure(e, ArrayPath.Portable));
        yield return new Row("GEMM 512x768x3072 bf16, accelerated", Bound.AtLeast(1.6), "OpenBLAS sgemm", e => Measure(e, ArrayPath.Accelerated));
    }

    private static Measurement Measure(Effort effort, ArrayPath path)
    {
        if (!OpenBlas.IsPresent) return Measurement.Missing(OpenBlas.Description);
        return ArrayPaths.On(path, () =>
        {
            using var gemm = new Gemm();
            gemm.Fill();
            var (observed, bare) = (Sampling.Cpu(effort, gemm.Bf16), Sampling.Cpu(effort, gemm.Bf16Unobserved));
            var result = Interleaved.Faster(effort, observed, Sampling.Cpu(effort, gemm.OpenBlasSgemm));
            var alone = Interleaved.Seconds(Effort.Quick, bare).Median;
            return ((Measured)result).With($"without observers {Interleaved.Text(alone)}");
        });
    }
}
