using BenchmarkDotNet.Attributes;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Host;

/// <summary>
/// tensor_copy of a tile [128, 512] between bf16 and fp32 as it lies in SBUF, against a copy of as many contiguous fp32
/// values.
/// </summary>
public class ConversionTile
{
    private const int Rows = 128;
    private const int Columns = 512;
    private const long Stride = (192 << 10) + 128;

    private static readonly NativeBlock Sbuf = new(Rows * Stride);
    private readonly float[] _x = new float[Rows * Columns];
    private readonly float[] _y = new float[Rows * Columns];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (var i = 0; i < _x.Length; i++) _x[i] = random.NextSingle() * 8 - 4;
        for (var row = 0; row < Rows; row++)
        {
            Conversions.Narrow(DType.Bf16, _x.AsSpan(row * Columns, Columns), Sbuf.Span(row * Stride, 2 * Columns));
            Conversions.Narrow(DType.Fp32, _x.AsSpan(row * Columns, Columns), Sbuf.Span(row * Stride + 4096, 4 * Columns));
        }
    }

    [Benchmark(Baseline = true)]
    public void CopyFp32() => _x.CopyTo(_y.AsSpan());

    [Benchmark]
    public void Bf16ToFp32() => Elementwise.Convert(Tile(8192, DType.Fp32), Tile(0, DType.Bf16));

    [Benchmark]
    public void Fp32ToBf16() => Elementwise.Convert(Tile(12288, DType.Bf16), Tile(4096, DType.Fp32));

    private static Tile Tile(long offset, DType dtype) =>
        Sbuf.Tile(offset, Rows, Stride, dtype, [Columns], [dtype.Size()]);
}
