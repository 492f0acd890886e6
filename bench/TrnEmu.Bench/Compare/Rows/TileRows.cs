using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>One matmul instruction of full size, operands as they lie in SBUF, packing included.</summary>
internal static class TileRows
{
    public static IEnumerable<Row> Of()
    {
        yield return new Row("tile bf16, portable", Bound.AtLeast(1.05), "OpenBLAS sgemm", e => AgainstBlas(e, t => t.Bf16));
        yield return new Row("tile fp32", Bound.AtLeast(1.1), "OpenBLAS sgemm", e => AgainstBlas(e, t => t.Fp32));
    }

    private static Measurement AgainstBlas(Effort effort, Func<MatmulTile, Action> ours)
    {
        if (!OpenBlas.IsPresent) return Measurement.Missing(OpenBlas.Description);
        var tile = new MatmulTile();
        tile.Fill();
        return Interleaved.Faster(effort, Sampling.Cpu(effort, ours(tile)), Sampling.Cpu(effort, tile.OpenBlasSgemm));
    }
}
