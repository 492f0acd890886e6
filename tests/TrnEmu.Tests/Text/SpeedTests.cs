using System.Text;

namespace TrnEmu.Tests.Text;

public sealed class SpeedTests
{
    /// <summary>A limit ten times what it takes, so that only quadratic work fails.</summary>
    [Fact]
    public void A_hundred_thousand_errors_and_names_take_linear_time()
    {
        var text = new StringBuilder("trn 1\n");
        for (var i = 0; i < 100_000; i++) text.Append("sbuf tensor_").Append(i).Append(" : fp32[128,4]\n");
        text.Append("core 0\n");
        for (var i = 0; i < 2_000; i++) text.Append("dma_copy dst=tensor_x").Append(i).Append(" src=tensor_1\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null(TextPrograms.Parse(text.ToString()).Program);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }
}
