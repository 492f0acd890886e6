using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>One matmul instruction of full size, operands as they lie in SBUF, packing included.</summary>
internal static class TileRows
{
    private const string Blas = "OpenBLAS sgemm";

    public static IEnumerable<Row> Of()
    {
        yield return new Row("tile bf16, portable", Bound.AtLeast(1.05), Blas, e => AgainstBlas(e, ArrayPath.Portable, t => t.Bf16));
        yield return new Row("tile bf16, accelerated", Bound.AtLeast(1.8), Blas, e => AgainstBlas(e, ArrayPath.Accelerated, t => t.Bf16));
        yield return new Row("tile bf16, accelerated, against bf16", Bound.AtLeast(0.9), "oneDNN bf16", AgainstOneDnn);
        foreach (var path in Enum.GetValues<ArrayPath>())
            yield return new Row($"tile fp8, {path.ToString().ToLowerInvariant()}", Bound.AtLeast(0.85), "our bf16 tile", e => AgainstBf16(e, path));
        yield return new Row("tile fp32", Bound.AtLeast(1.1), Blas, e => AgainstBlas(e, ArrayPath.Portable, t => t.Fp32));
    }

    /// <summary>The bf16 tile against OpenBLAS, on the path that a run takes.</summary>
    public static Measurement AgainstBlas(Effort effort, ArrayPath path, Func<MatmulTile, Action> ours)
    {
        if (!OpenBlas.IsPresent) return Measurement.Missing(OpenBlas.Description);
        var tile = Filled();
        return ArrayPaths.On(path, () => Interleaved.Faster(
            effort, Sampling.Cpu(effort, ours(tile)), Sampling.Cpu(effort, tile.OpenBlasSgemm)));
    }

    /// <summary>A tile with operands.</summary>
    public static MatmulTile Filled()
    {
        var tile = new MatmulTile();
        tile.Fill();
        return tile;
    }

    private static Measurement AgainstOneDnn(Effort effort)
    {
        if (!OneDnn.IsPresent) return Measurement.Missing(OneDnn.Description);
        var tile = Filled();
        return ArrayPaths.On(ArrayPath.Accelerated, () => Interleaved.Faster(
            effort, Sampling.Cpu(effort, tile.Bf16), Sampling.Cpu(effort, tile.OneDnnBf16)));
    }

    private static Measurement AgainstBf16(Effort effort, ArrayPath path)
    {
        var tile = Filled();
        return ArrayPaths.On(path, () => Interleaved.Faster(
            effort, Sampling.Cpu(effort, tile.Fp8), Sampling.Cpu(effort, tile.Bf16)));
    }
}
