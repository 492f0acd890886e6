using FsCheck.Fluent;
using TrnEmu.Reports.Trace;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports.Trace;

public sealed class TraceWriterTests
{
    [Fact]
    public void Times_are_exact() => Property.ForAll(
        Gen.OneOf(Gen.Choose(0, int.MaxValue).Select(n => (long)n), Gen.Choose(0, 5000).Select(n => n * 1000L), Gen.Choose(0, 60).Select(b => 1L << b)),
        picoseconds =>
        {
            using var stream = new MemoryStream();
            using (var writer = new TraceWriter(stream, []))
            {
                writer.Begin("X", 1, 1).WriteString("name", "");
                writer.Time("ts"u8, picoseconds);
                writer.End();
            }

            Assert.Equal(picoseconds, TraceEvent.Parse(stream.ToArray())[0].Time);
        });

    [Fact]
    public void No_more_than_a_block_is_kept()
    {
        using var stream = new MemoryStream();
        using var writer = new TraceWriter(stream, []);
        long written = 0;
        for (var i = 0; i < 10_000; i++)
        {
            writer.Begin("X", 1, 1).WriteString("name", new string('n', 100));
            writer.End();
            written += 100;
            Assert.True(stream.Length > written - (1 << 17));
        }
    }
}
