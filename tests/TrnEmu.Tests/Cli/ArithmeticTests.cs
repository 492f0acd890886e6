using System.Text.Json;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Cli;

/// <summary>The options of the arithmetic reach the operations.</summary>
public sealed class ArithmeticTests
{
    private const string Text = """
        trn 1
        chip trn3
        cores 1

        hbm x : fp32[128,64] input iota
        hbm y : fp8_e5m2[128,64] output
        sbuf a : fp32[128,64]
        sbuf s : fp32[128,64]
        sbuf b : fp8_e5m2[128,64]

        core 0
          sync/0 dma_copy dst=a src=x
          vector tensor_scalar dst=s data=a op0=multiply operand0=32
          vector tensor_copy dst=b src=s
          sync/0 dma_copy dst=y src=b

        """;

    [Fact]
    public void Overflow_and_rounding_change_what_is_written_and_threads_do_not()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("fp8.trn", Text);
        string Hash(params string[] options)
        {
            var (code, output, error) = Shell.Run(["run", file, "--json", "-", .. options]);
            Assert.True(code == 0, error);
            using var json = JsonDocument.Parse(output);
            return json.RootElement.GetProperty("outputs")[0].GetProperty("sha256").GetString()!;
        }

        Assert.Equal(Hash(), Hash("--fp8-overflow", "infinity"));
        Assert.NotEqual(Hash(), Hash("--fp8-overflow", "saturate"));
        Assert.NotEqual(Hash(), Hash("--stochastic-rounding", "1"));
        Assert.NotEqual(Hash("--stochastic-rounding", "2"), Hash("--stochastic-rounding", "1"));
        Assert.Equal(
            Hash("--stochastic-rounding", "1", "--threads", "1"), Hash("--stochastic-rounding", "1", "--threads", "2"));
    }

    [Theory]
    [InlineData("--fp8-overflow", "nan")]
    [InlineData("--stochastic-rounding", "x")]
    [InlineData("--mx-scale", "mx")]
    public void Other_words_are_refused(string option, string value) =>
        Assert.Equal(2, Shell.Run("run", "copy", option, value).Code);
}
