using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Tests.Cli;

public sealed class ListingTests
{
    [Theory]
    [InlineData("isa"), InlineData("chips"), InlineData("kernels")]
    public void Lists_as_text_and_as_json(string command)
    {
        Assert.NotEqual("", Shell.Run(command).Output);
        using var json = JsonDocument.Parse(Shell.Run(command, "--json").Output);
        Assert.All(json.RootElement.EnumerateArray(), e => Assert.NotEqual("", e.GetProperty("name").GetString()));
    }

    [Fact]
    public void Every_operation_has_a_page()
    {
        foreach (var operation in OperationInfo.All)
        {
            var (code, output, _) = Shell.Run("isa", operation.Name);
            Assert.Equal(0, code);
            Assert.Contains(operation.Attribute.Summary, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_code_is_explained()
    {
        foreach (var code in DiagnosticCodes.In(typeof(Diagnostic).Assembly, typeof(Emulator).Assembly))
            Assert.Contains(code.Mend, Shell.Run("help", code.Id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_stage_of_compilation_can_be_shown()
    {
        var (code, output, _) = Shell.Run("compile", "add", "--dump-after", "all");
        Assert.Equal(0, code);
        foreach (var stage in (string[])["trace", "choose-engines", "schedule", "allocate", "plan-dma", "insert-semaphores"])
            Assert.Contains($"# after {stage}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_go_to_standard_output()
    {
        Assert.Contains("run", Shell.Run("--help").Output, StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", Shell.Run("--version").Output, StringComparison.Ordinal);
    }
}
