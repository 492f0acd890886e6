using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using TrnEmu.Bench.Compare;
using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Host;

/// <summary>
/// One matmul instruction of full size, psum[128, 512] += stationary[128, 128]ᵀ × moving[128, 512], operands as they
/// lie in SBUF and one thread, against OpenBLAS on fp32 and oneDNN on bf16 matrices without gaps. 16.8 MFLOP.
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
    private Action? _oneDnn;

    /// <summary>How products are computed.</summary>
    [ParamsAllValues]
    public ArrayPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ArrayPaths.Choose(Path);
        Fill();
    }

    public void Fill()
    {
        var random = new Random(1);
        foreach (var matrix in new[] { _a, _b })
            for (var i = 0; i < matrix.Length; i++) matrix[i] = random.NextSingle() - 0.5f;
        foreach (var dtype in new[] { DType.Fp32, DType.Bf16, DType.Fp8E4M3 })
        {
            Place(_a, Size, dtype, Stationary(dtype));
            Place(_b, Columns, dtype, Moving(dtype));
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory(OpenBlas.Category)]
    public void OpenBlasSgemm() => OpenBlas.Accumulate(Size, Columns, Size, _a, _b, _c);

    [Benchmark, BenchmarkCategory(OneDnn.Category)]
    public void OneDnnBf16() => (_oneDnn ??= OneDnn.Product(Size, Columns, Size, Narrow(_a), Narrow(_b)))();

    [Benchmark]
    public void Bf16() => Multiply(DType.Bf16);

    [Benchmark]
    public void Fp32() => Multiply(DType.Fp32);

    [Benchmark]
    public void Fp8() => Multiply(DType.Fp8E4M3);

    [Benchmark]
    public void Bf16OnTwoThreads() => Multiply(DType.Bf16, threads: 2);

    /// <summary>The sums, as bytes.</summary>
    public byte[] Sums()
    {
        var sums = new byte[Size * Columns * sizeof(float)];
        var row = Columns * sizeof(float);
        for (var i = 0; i < Size; i++) Psum.Span(i * PsumStride, row).CopyTo(sums.AsSpan(i * row));
        return sums;
    }

    /// <summary>Sums of zero.</summary>
    public void Clear() => Psum.Fill(0, Psum.Length, 0);

    private static long Stationary(DType dtype) => dtype == DType.Bf16 ? 0 : dtype == DType.Fp32 ? 4096 : 32768;

    private static long Moving(DType dtype) => dtype == DType.Bf16 ? 8192 : dtype == DType.Fp32 ? 16384 : 40960;

    private static void Multiply(DType dtype, int threads = 1)
    {
        var size = dtype.Size();
        var psum = Psum.Tile(0, Size, PsumStride, DType.Fp32, [Columns], [sizeof(float)]);
        var stationary = Sbuf.Tile(Stationary(dtype), Size, SbufStride, dtype, [Size], [size]);
        var moving = Sbuf.Tile(Moving(dtype), Size, SbufStride, dtype, [Columns], [size]);
        Matmul.Accumulate(psum, stationary, moving, accumulate: true, Workspace, threads);
    }

    private static ushort[] Narrow(float[] matrix)
    {
        var narrow = new ushort[matrix.Length];
        Conversions.Narrow(DType.Bf16, matrix, MemoryMarshal.AsBytes(narrow.AsSpan()));
        return narrow;
    }

    private static void Place(float[] matrix, int columns, DType dtype, long offset)
    {
        var bytes = columns * dtype.Size();
        for (var i = 0; i < matrix.Length / columns; i++)
            Conversions.Narrow(dtype, matrix.AsSpan(i * columns, columns), Sbuf.Span(offset + i * SbufStride, bytes));
    }
}
