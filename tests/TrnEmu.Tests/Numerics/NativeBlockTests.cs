using TrnEmu.Core.Numerics;
using Xunit;

namespace TrnEmu.Tests.Numerics;

public sealed class NativeBlockTests
{
    [Fact]
    public void Starts_with_zeros_even_where_freed_memory_is_reused()
    {
        for (var i = 0; i < 20; i++)
        {
            using var block = new NativeBlock(1 << 20);
            Assert.Equal(-1, block.Span(0, 1 << 20).IndexOfAnyExcept((byte)0));
            block.Fill(0, 1 << 20, 0xff);
        }
    }

    [Fact]
    public void Untouched_bytes_cost_no_memory()
    {
        var before = Environment.WorkingSet;
        using var block = new NativeBlock(1L << 31);
        block.Fill((1L << 31) - 4096, 4096, 1);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1L << 29);
    }

    [Fact]
    public void A_block_over_an_array_is_its_bytes()
    {
        byte[] array = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];
        using (var block = new NativeBlock(array))
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            Assert.Equal(array.Length, block.Length);
            Assert.True(block.Span(0, array.Length).SequenceEqual(array));
            Assert.Throws<ArgumentOutOfRangeException>(() => block.Span(1, array.Length).Length);
            block.Span(7, 1)[0] ^= 0xff;
            Assert.Equal((byte)(7 * 31 ^ 0xff), array[7]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBlock([]));
    }

    [Fact]
    public void Tile_must_lie_inside()
    {
        using var block = new NativeBlock(1024);
        Assert.Equal(64, block.Tile(0, 4, 256, DType.Fp32, [64], [4]).Elements);
        Assert.Equal(64, block.Tile(252, 4, 256, DType.Fp32, [64], [-4]).Elements);
        Assert.Equal(8, block.Tile(1020, 4, 0, DType.Fp32, [2, 4], [0, 0]).Elements);
        Outside(4, 4, 256, [64], [4]);
        Outside(248, 4, 256, [64], [-4]);
        Outside(-1, 1, 0, [1], [0]);
        Outside(0, 5, 256, [1], [0]);
        Outside(0, 2, long.MaxValue, [2], [long.MaxValue]);
        Outside(0, 1, 0, [0], [4]);
        Outside(0, 0, 0, [1], [4]);
        void Outside(long offset, int partitions, long stride, int[] counts, long[] strides) =>
            Assert.Throws<ArgumentOutOfRangeException>(
                () => block.Tile(offset, partitions, stride, DType.Fp32, counts, strides));
    }

    [Fact]
    public void Span_must_lie_inside()
    {
        using var block = new NativeBlock(100);
        Assert.Equal(100, block.Span(0, 100).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Span(1, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Fill(-1, 1, 0));
    }

    [Fact]
    public void Disposed_block_is_refused()
    {
        var block = new NativeBlock(100);
        block.Dispose();
        block.Dispose();
        Assert.Throws<ObjectDisposedException>(() => block.Span(0, 1));
    }
}
