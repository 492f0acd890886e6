using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Cli;

/// <summary>What only running finds: exit code 3, both instructions named with their lines.</summary>
public sealed class FaultTests
{
    private const string Head = """
        trn 1
        chip trn2
        cores 1

        hbm  x : fp32[128,64] input random(0)
        hbm  y : fp32[128,64] output
        sbuf t : fp32[128,64] @ 0:0x0
        sbuf u : fp32[128,64] @ 0:0x100

        core 0

        """;

    [Theory]
    [InlineData("TRN3101", "  sync/0 dma_copy dst=t src=x  signal s0+16\n  vector tensor_copy dst=u src=t\n  sync/1 dma_copy dst=y src=u\n")]
    [InlineData("TRN3110", "  vector tensor_copy dst=u src=t\n")]
    [InlineData("TRN3002", "  sync/0 dma_copy dst=t src=x  signal s0+16\n  vector tensor_copy dst=u src=t  wait s0>=32\n")]
    [InlineData("TRN3005", "\n  sync register_move dst=r0 src=1\n  sync while_loop condition=r0\n  sync end_loop\n")]
    public void Is_said_with_exit_code_3(string code, string body)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("fault.trn", Head + body);
        var (exit, output, error) = Shell.Run("run", file);
        Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
        Assert.Contains($"{file}:1", error, StringComparison.Ordinal);
        Assert.Equal((3, ""), (exit, output));
    }

    [Fact]
    public void A_race_names_both_instructions()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("race.trn", Head + "  sync/0 dma_copy dst=t src=x  signal s0+16\n  vector tensor_copy dst=u src=t\n");
        var error = Shell.Run("run", file).Error;
        Assert.Contains("dma_copy", error, StringComparison.Ordinal);
        Assert.Contains("tensor_copy", error, StringComparison.Ordinal);
        Assert.Contains($"{file}:11", error, StringComparison.Ordinal);
        Assert.Contains($"{file}:12", error, StringComparison.Ordinal);
    }
}
