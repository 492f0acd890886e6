using FsCheck.Fluent;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Reports.Lanes;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports.Lanes;

public sealed class MemoryTests
{
    private const int Bytes = 64;

    [Fact]
    public void Bytes_that_tensors_share_count_once() => Property.ForAll(
        from tensors in Gen.Choose(0, Bytes - 8).SelectMany(b => Gen.Choose(1, 8).Select(n => (Byte: b, Length: n))).ArrayOf(6)
        from order in Gen.Shuffle([.. Enumerable.Range(0, 12).Select(i => i / 2)])
        from unit in Gen.Elements(1, 2, 8)
        select (tensors, order, unit),
        c =>
        {
            var tensors = c.tensors.Select((t, i) => new Tensor(i, $"t{i}", MemorySpace.Sbuf, DType.Int8, [1, t.Length])
            {
                Address = i == 5 ? null : new Address(0, t.Byte),
            }).ToArray();
            var use = new BytesInUse(tensors, c.unit);
            var live = new HashSet<int>();
            foreach (var i in c.order)
            {
                use.Change(tensors[i], live.Add(i) || !live.Remove(i) ? 1 : -1);
                var held = new bool[Bytes + 8];
                foreach (var t in live.Where(t => t != 5))
                {
                    for (var b = 0; b < c.tensors[t].Length; b++) held[(c.tensors[t].Byte + b) / c.unit] = true;
                }

                var apart = live.Contains(5) ? (c.tensors[5].Length + c.unit - 1) / c.unit : 0;
                Assert.Equal(held.Count(h => h) + apart, use.Units);
            }
        });

    [Fact]
    public void No_byte_of_a_rate_is_lost() => Property.ForAll(
        Gen.Choose(0, 1000).SelectMany(s => Gen.Choose(0, 1000).Select(e => (Start: Math.Min(s, e), End: Math.Max(s, e)))).ListOf(),
        shares =>
        {
            var transfer = new DmaTransfer(MemorySpace.Hbm, MemorySpace.Sbuf, 0, 1, 1, 1, DType.Int8);
            var rate = new HbmRate(1000, 7);
            foreach (var (start, end) in shares) rate.Add(transfer, 100, start, end);
            Assert.Equal(100.0 * shares.Count, rate.GbPerS.Sum() * rate.Stretch / 1000, 1e-6);
        });
}
