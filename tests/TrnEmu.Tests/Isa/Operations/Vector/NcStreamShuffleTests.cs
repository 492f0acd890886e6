using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class NcStreamShuffleTests
{
    private static readonly int[] Rotate = [.. Enumerable.Range(0, 32).Select(i => (i + 31) % 32)];

    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Fact]
    public void Every_quadrant_is_shuffled_by_the_same_mask()
    {
        var dst = Scene.Sbuf(DType.Fp32, 128, 3);
        var rows = _example.Result(dst, 2, new NcStreamShuffle(dst, Numbered(128), [.. Rotate]));
        for (var p = 0; p < 128; p++) Assert.Equal((p + 31) % 32 + p / 32 * 32, rows[p][2]);
    }

    [Fact]
    public void In_place()
    {
        var data = Numbered(64);
        var rows = _example.Result(data, 3, new NcStreamShuffle(data, data, [.. Rotate]));
        for (var p = 0; p < 64; p++) Assert.Equal((p + 31) % 32 + p / 32 * 32, rows[p][0]);
    }

    [Fact]
    public void One_partition_goes_to_many()
    {
        var dst = Scene.Sbuf(DType.Fp32, 32, 3);
        var source = Numbered(64) with { StartPartition = 32, Partitions = 1 };
        var rows = _example.Result(dst, 3, new NcStreamShuffle(dst, source, [.. new int[32]]));
        Assert.All(rows, row => Assert.Equal([32, 32, 32], row));
    }

    [Fact]
    public void Rows_of_255_are_kept_and_not_written()
    {
        var (src, dst) = (Numbered(32), _example.Given(DType.Fp32, 32, -1, -1, -1));
        int[] mask = [255, 0, 1, 255, .. Enumerable.Repeat(255, 27), 5];
        var shuffle = new NcStreamShuffle(dst, src, [.. mask]);
        var rows = _example.Result(dst, 3, shuffle);
        Assert.Equal([-1, 0, 1, -1], rows.Take(4).Select(r => r[0]));
        Assert.Equal(5, rows[31][0]);
        var effects = Scene.Effects(shuffle).Memory.ToArray();
        Assert.Equal([(1, 2), (31, 1)], effects.Where(e => e.Writes).Select(e =>
            (e.Pattern.StartPartition, e.Pattern.Partitions)));
        Assert.Equal([0, 1, 5], effects.Where(e => e.Reads).Select(e => e.Pattern.StartPartition));
        Assert.All(effects, e => Assert.NotEqual(AccessKind.MayWrite, e.Kind));
    }

    [Fact]
    public void Bits_are_kept()
    {
        var (src, dst) = (Scene.Sbuf(DType.UInt16, 2, 300), Scene.Sbuf(DType.Bf16, 2, 300));
        var shuffle = new NcStreamShuffle(dst, src with { DType = DType.Bf16 }, [1, 0, .. Enumerable.Repeat(255, 30)]);
        Assert.All(Scene.Execute(dst, Engine.None, new Memset(src, 0xffa1), shuffle).Chunk(2), b =>
            Assert.Equal([0xa1, 0xff], b));
    }

    /// <summary>Both sides start where the larger one may, rounded up to quadrants.</summary>
    [Theory]
    [InlineData(32, 32, 96, 32, true)]
    [InlineData(32, 33, 64, 0, true)]
    [InlineData(32, 33, 32, 0, false)]
    [InlineData(40, 20, 0, 96, false)]
    [InlineData(65, 3, 0, 64, false)]
    public void Start_partitions(int dstPartitions, int srcPartitions, int dstStart, int srcStart, bool isLegal)
    {
        var (dst, src) = (Scene.Sbuf(DType.Fp32, dstPartitions, 3), Scene.Sbuf(DType.Fp32, srcPartitions, 3));
        Scene.Place(dst, dstStart, 0);
        Scene.Place(src, srcStart, 64);
        var keep = new NcStreamShuffle(dst, src, [.. Enumerable.Repeat(255, 32)]);
        Assert.Equal(isLegal ? [] : ["TRN2007"], Scene.Codes(keep));
    }

    [Fact]
    public void Masks()
    {
        var data = Numbered(32);
        Assert.Equal(["TRN2009"], Scene.Codes(new NcStreamShuffle(data, data, [0, 1])));
        Assert.Equal(["TRN2009", "TRN2009"], Scene.Codes(new NcStreamShuffle(data, data, [32, -1, .. new int[30]])));
        var part = data with { Partitions = 4 };
        Assert.Equal(["TRN2099"], Scene.Codes(new NcStreamShuffle(Scene.Sbuf(DType.Fp32, 4, 3), part, [.. Rotate])));
        Assert.Empty(Scene.Codes(new NcStreamShuffle(Scene.Sbuf(DType.Fp32, 4, 3), part, [3, .. Rotate[1..]])));
    }

    [Fact]
    public void Operands_fit_each_other()
    {
        var data = Numbered(32);
        Assert.Equal(["TRN2004"], Scene.Codes(new NcStreamShuffle(Scene.Sbuf(DType.Int32, 32, 3), data, [.. Rotate])));
        Assert.Equal(["TRN2008"], Scene.Codes(new NcStreamShuffle(Scene.Sbuf(DType.Fp32, 32, 4), data, [.. Rotate])));
        var shifted = Scene.Free(data, 2) with { Offset = 4 };
        Assert.Equal(["TRN2206"], Scene.Codes(new NcStreamShuffle(shifted, Scene.Free(data, 2), [.. Rotate])));
    }

    [Fact]
    public void Expands_to_a_shuffle() => Assert.Equal(
        [new Instruction(CostClass.Shuffle, 3, DType.Fp32, InstructionTraits.Sbuf, Rows: 32)],
        Scene.Expand(new NcStreamShuffle(Numbered(32), Numbered(32), [.. Rotate])).Instructions.ToArray());

    /// <summary>Every row holds its number.</summary>
    private AccessPattern Numbered(int partitions) =>
        _example.Given(DType.Fp32, [.. Enumerable.Range(0, partitions).Select(p => new[] { (float)p, p, p })]);
}
