using BenchmarkDotNet.Attributes;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Host;

/// <summary>
/// One matmul instruction of full size, psum[128, 512] += stationary[128, 128]ᵀ × moving[128, 512], operands as they
/// lie in SBUF and one thread, against OpenBLAS on fp32 matrices without gaps. 16.8 MFLOP.
/// </summary>
public class MatmulTile
{
    private const int Size = 128;
    private const int Columns = 512;
    private const long SbufStride = (192 << 10) + 128;
    private const long PsumStride = (16 << 10) + 64;

    private static readonly NativeBlock Sbuf = new(Size * SbufStride);
    private static readonly NativeBlock Psum = new(Size * PsumStride);
    private static readonly MatmulWorkspace Workspace = new();
    private readonly float[] _a = new float[Size * Size];
    private readonly float[] _b = new float[Size * Columns];
    private readonly float[] _c = new float[Size * Columns];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        foreach (var matrix in new[] { _a, _b })
            for (var i = 0; i < matrix.Length; i++) matrix[i] = random.NextSingle() - 0.5f;
        foreach (var dtype in new[] { DType.Fp32, DType.Bf16 })
        {
            Place(_a, Size, dtype, Stationary(dtype));
            Place(_b, Columns, dtype, Moving(dtype));
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory(OpenBlas.Category)]
    public void OpenBlasSgemm() => OpenBlas.Accumulate(Size, Columns, Size, _a, _b, _c);

    [Benchmark]
    public void Bf16() => Multiply(DType.Bf16);

    [Benchmark]
    public void Fp32() => Multiply(DType.Fp32);

    private static long Stationary(DType dtype) => dtype == DType.Bf16 ? 0 : 4096;

    private static long Moving(DType dtype) => dtype == DType.Bf16 ? 8192 : 16384;

    private void Multiply(DType dtype)
    {
        var size = dtype.Size();
        var psum = Psum.Tile(0, Size, PsumStride, DType.Fp32, [Columns], [sizeof(float)]);
        var stationary = Sbuf.Tile(Stationary(dtype), Size, SbufStride, dtype, [Size], [size]);
        var moving = Sbuf.Tile(Moving(dtype), Size, SbufStride, dtype, [Columns], [size]);
        Matmul.Accumulate(psum, stationary, moving, accumulate: true, Workspace);
    }

    private void Place(float[] matrix, int columns, DType dtype, long offset)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            var at = Sbuf.Span(offset + i / columns * SbufStride + i % columns * dtype.Size(), dtype.Size());
            if (dtype == DType.Fp32)
                BitConverter.TryWriteBytes(at, matrix[i]);
            else
                BitConverter.TryWriteBytes(at, (ushort)(BitConverter.SingleToUInt32Bits(matrix[i]) >> 16));
        }
    }
}
