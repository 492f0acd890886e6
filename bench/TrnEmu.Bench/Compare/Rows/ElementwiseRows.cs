using TrnEmu.Bench.Host;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>Element-wise instructions, conversions and transposes over tiles as they lie in SBUF.</summary>
internal static class ElementwiseRows
{
    private const string Unit = "x time";

    public static IEnumerable<Row> Of()
    {
        yield return Elementwise(TileFunction.Exp, 0.9);
        yield return Elementwise(TileFunction.Gelu, 0.8);
        yield return Elementwise(TileFunction.Add, 1.1);
        yield return Conversion("bf16 to fp32", t => t.Bf16ToFp32);
        yield return Conversion("fp32 to bf16", t => t.Fp32ToBf16);
        yield return Transposed(DType.Bf16);
        yield return Transposed(DType.Fp32);
    }

    private static Row Elementwise(TileFunction function, double limit) => new(
        $"{function.ToString().ToLowerInvariant()} over 128 x 512, bf16 to bf16", Bound.AtMost(limit, Unit),
        "TensorPrimitives fp32", effort =>
        {
            var tile = new ElementwiseTile { Function = function };
            tile.Fill();
            return Longer(effort, tile.Bf16, tile.TensorPrimitivesFp32);
        });

    private static Row Conversion(string name, Func<ConversionTile, Action> ours) => new(
        $"tensor_copy over 128 x 512, {name}", Bound.AtMost(1.25, Unit), "copy of as many fp32", effort =>
        {
            var tile = new ConversionTile();
            tile.Fill();
            return Longer(effort, ours(tile), tile.CopyFp32);
        });

    private static Row Transposed(DType dtype) => new(
        $"transpose of 32 x 32 {dtype.ToString().ToLowerInvariant()}", Bound.AtMost(0.15, Unit), "plain loop", effort =>
        {
            var tile = new TransposeTile { DType = dtype };
            tile.Place();
            return Longer(effort, tile.Block, tile.PlainLoop);
        });

    private static Measurement Longer(Effort effort, Action ours, Action baseline) =>
        Interleaved.Longer(effort, Sampling.Cpu(effort, ours), Sampling.Cpu(effort, baseline));
}
