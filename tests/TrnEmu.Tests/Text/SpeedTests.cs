using System.Text;

namespace TrnEmu.Tests.Text;

public sealed class SpeedTests
{
    /// <summary>
    /// All pairs of names and errors would take minutes; the limit is far above what linear work takes.
    /// </summary>
    [Fact]
    public void Misspelt_names_among_many_tensors_take_linear_time()
    {
        var text = new StringBuilder("trn 1\n");
        for (var i = 0; i < 100_000; i++) text.Append("sbuf tensor_").Append(i).Append(" : fp32[128,4]\n");
        text.Append("core 0\n");
        for (var i = 0; i < 900; i++) text.Append("dma_copy dst=tensor_x").Append(i).Append(" src=tensor_1\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null(TextPrograms.Parse(text.ToString()).Program);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }
}
