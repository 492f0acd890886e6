using FsCheck.Fluent;
using TrnEmu.Reports.Html.Data;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports.Html.Data;

public sealed class DataBlockTests
{
    [Fact]
    public void A_column_comes_back() => Property.ForAll(
        Gen.OneOf(Numbers().ArrayOf(), Gen.Choose(-2, 2).Select(n => (long)n).ArrayOf(), Runs()),
        values =>
        {
            var block = new DataBlock();
            block.Add("before", (long[])[7]);
            block.Add("column", values);
            block.AddBytes("bytes", [1, 2, 255]);
            var data = PageData.OfBlock(block.ToArray(_ => { }));
            Assert.Equal(values, data["column"]);
            Assert.Equal([7L], data["before"]);
            Assert.Equal([1, 2, 255], data.Bytes("bytes"));
        });

    [Fact]
    public void Steady_columns_take_few_bytes()
    {
        var block = new DataBlock();
        block.Add("steps", 100_000, i => 3_000_000_000L + 17L * i);
        Assert.InRange(block.ToArray(_ => { }).Length, 1, 200);
    }

    [Fact]
    public void What_is_packed_comes_back() => Property.ForAll(
        Gen.OneOf(
            Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(),
            Gen.Choose(0, 3).Select(b => (byte)b).ArrayOf(),
            Runs().Select(r => r.SelectMany(BitConverter.GetBytes).ToArray())),
        bytes => Assert.Equal(bytes, Packing.Unpack(Packing.Pack(bytes).Span)));

    [Fact]
    public void What_repeats_packs_well()
    {
        var once = Enumerable.Range(0, 1000).Select(i => (byte)(i * i >> 3)).ToArray();
        var often = Enumerable.Repeat(once, 100).SelectMany(b => b).ToArray();
        Assert.InRange(Packing.Pack(often).Length, once.Length / 4, 2 * once.Length);
    }

    private static FsCheck.Gen<long> Numbers() => Gen.Choose(0, 62).SelectMany(
        bits => Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * (1L << bits) ^ n));

    private static FsCheck.Gen<long[]> Runs() => Gen.Choose(-1_000_000, 1_000_000)
        .SelectMany(n => Gen.Choose(1, 40).Select(times => Enumerable.Repeat((long)n, times)))
        .ArrayOf().Select(runs => runs.SelectMany(r => r).ToArray());
}
