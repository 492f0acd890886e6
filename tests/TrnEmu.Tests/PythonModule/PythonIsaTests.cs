using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.PythonModule;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.PythonModule;

public sealed class PythonIsaTests
{
    private static readonly string Module = PythonIsa.Write([.. Chip.Known.Select(Chip.Load)]);

    [Fact]
    public void The_module_in_the_repository_is_generated_from_the_headers() => Golden.CheckFile(
        Path.Combine(Repository.Root, "src", "TrnEmu.Python", "trnemu", "nki", "isa", "_generated.py"), Module);

    [Fact]
    public void The_command_prints_it() =>
        Assert.Equal(Module, Shell.Run("isa", "--python").Output.ReplaceLineEndings("\n"));

    /// <summary>A record begins with the place of its operation in <see cref="OperationInfo.All"/>.</summary>
    [Fact]
    public void Every_operation_has_its_number()
    {
        foreach (var (code, info) in OperationInfo.All.Index())
        {
            var bytes = FormattableString.Invariant($"b\"\\x{code & 0xFF:x2}\\x{code >> 8:x2}\"");
            var call = Module.Contains($"\ndef {info.Name}(", StringComparison.Ordinal)
                ? Module[Module.IndexOf($"\ndef {info.Name}(", StringComparison.Ordinal)..] : "";
            var start = call.Length == 0 ? $"\"{info.Name}\": " : "return issue(";
            var text = call.Length == 0 ? Module : call;
            text = text[text.IndexOf(start, StringComparison.Ordinal)..];
            Assert.StartsWith(start + bytes, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_fit_and_names_are_those_of_Python()
    {
        Assert.All(Module.Split('\n'), line => Assert.True(line.Length <= 120, line));
        foreach (var word in (string[])[" null", "=true", "=false", "System."])
            Assert.DoesNotContain(word, Module, StringComparison.Ordinal);
    }
}
