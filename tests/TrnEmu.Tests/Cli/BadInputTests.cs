using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Cli;

/// <summary>
/// Whatever a user gets wrong: exit code 2, a line that says so, no stack trace, nothing left behind.
/// </summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("TRN4201", "run", "no_such_kernel")]
    [InlineData("TRN1002", "run", "missing.onnx/x")]
    [InlineData("TRN1101", "run", "missing.trn")]
    [InlineData("TRN1001", "run", "softmax", "--frobnicate")]
    [InlineData("TRN1001", "run", "softmax", "--dtype", "fp31")]
    [InlineData("TRN1001", "run", "softmax", "--dim", "M")]
    [InlineData("TRN4203", "run", "softmax", "--dim", "M=0")]
    [InlineData("TRN1001", "run", "softmax", "--dim", "M=-1")]
    [InlineData("TRN1001", "run", "softmax", "--dim", "M=99999999999")]
    [InlineData("TRN1001", "run", "softmax", "--threads", "0")]
    [InlineData("TRN4203", "run", "softmax", "--dim", "Q=5")]
    [InlineData("TRN4202", "run", "softmax", "--case", "none")]
    [InlineData("TRN1004", "run", "softmax", "--input", "q=a.npy")]
    [InlineData("TRN1301", "run", "softmax", "--input", "x=missing.npy")]
    [InlineData("TRN4106", "run", "softmax", "--max-instructions", "3")]
    [InlineData("TRN1003", "run", "softmax", "--max-memory", "1000")]
    [InlineData("TRN4001", "run", "softmax", "--dim", "N=60000")]
    [InlineData("TRN1001", "run", "softmax", "--json", "")]
    [InlineData("TRN1001", "run", "softmax", "--output-dir", "")]
    [InlineData("TRN1301", "run", "softmax", "--input", "x=")]
    [InlineData("TRN1001", "isa", "no_such_operation")]
    [InlineData("TRN4201", "kernels", "no_such_kernel")]
    [InlineData("TRN1001", "help", "TRN9999")]
    [InlineData("TRN1001", "no-such-command")]
    public void Is_said_with_exit_code_2(string code, params string[] arguments)
    {
        var (exit, output, error) = Shell.Run(arguments);
        Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
    }

    [Fact]
    public void An_unknown_chip_lists_the_known_ones()
    {
        var (exit, _, error) = Shell.Run("run", "softmax", "--chip", "trn9");
        Assert.Equal(2, exit);
        Assert.Contains("trn1, inf2, trn2, trn3, unit", error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_a_program_are_listed_with_file_and_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("bad.trn", "trn 1\nchip trn2\ncores 1\n\nhbm a : fp31[4]\nhbm b : fp32[0]\n\ncore 0\n  vector frob dst=a\n");
        var (exit, _, error) = Shell.Run("check", file);
        Assert.Equal(2, exit);
        foreach (var line in (int[])[5, 6, 9]) Assert.Contains($"{file}:{line}: error TRN1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sbuf t : fp32[128,64] @ 64:0x0", "TRN4002")]
    [InlineData("sbuf t : fp32[128,64] @ 0:0x30000", "TRN4002")]
    [InlineData("sbuf t : fp32[128,64] core 1 @ 0:0x0", "TRN4003")]
    public void A_compiled_program_lies_inside_the_memories_of_its_cores(string tile, string code)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("far.trn", $"trn 1\nchip trn1\ncores 2\n\nhbm x : fp32[128,64] input\n{tile}\n\ncore 0\n  sync/0 dma_copy dst=t src=x\n");
        foreach (var command in (string[])["run", "check"])
        {
            var (exit, output, error) = Shell.Run(command, file);
            Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
            Assert.Equal((2, ""), (exit, output));
        }
    }

    [Fact]
    public void A_tensor_that_no_array_of_the_host_holds_is_refused()
    {
        var (exit, _, error) = Shell.Run("run", "copy", "--dtype", "fp32", "--dim", "M=65536", "--dim", "N=16384");
        Assert.Contains("error TRN1003: ", error, StringComparison.Ordinal);
        Assert.Contains("1073741824 elements", error, StringComparison.Ordinal);
        Assert.Equal(2, exit);
    }

    [Fact]
    public void A_failed_run_leaves_no_output_behind()
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("out");
        Assert.Equal(2, Shell.Run("run", "softmax", "--dim", "N=60000", "--output-dir", output, "--json", folder.File("r.json")).Code);
        Assert.False(Directory.Exists(output));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
