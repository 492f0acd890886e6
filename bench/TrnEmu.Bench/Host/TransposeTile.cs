using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Bench.Host;

/// <summary>A block of 32 x 32 elements between partitions of SBUF and their transpose, against the plain loop.</summary>
public class TransposeTile
{
    private const int Side = 32;
    private const long Stride = (192 << 10) + 128;

    private static readonly NativeBlock Sbuf = new(Side * Stride);
    private Tile _src;
    private Tile _dst;

    [Params(DType.Bf16, DType.Fp32)]
    public DType DType { get; set; }

    [GlobalSetup]
    public void Place() => (_src, _dst) = (Tile(0), Tile(4096));

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        if (DType == DType.Bf16) Plain<ushort>();
        else Plain<uint>();
    }

    [Benchmark]
    public void Block() => Transpose.Move(_dst, _src);

    private static void Plain<T>()
        where T : unmanaged
    {
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
                Row<T>(j, 4096)[i] = Row<T>(i, 0)[j];
        }
    }

    private static Span<T> Row<T>(int row, long offset)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Sbuf.Span(row * Stride + offset, Side * 4));

    private Tile Tile(long offset) => Sbuf.Tile(offset, Side, Stride, DType, [Side], [DType.Size()]);
}
