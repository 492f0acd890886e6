using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>
/// ONNX's own tests of operations, imported and computed by the interpreter: this tests what the importer makes of them,
/// not the chip.
/// </summary>
public sealed class NodeSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryNodeTestPassesOrIsRefusedInWords()
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "onnx-node is in neither $TRNEMU_MODELS nor ../shared/models: nothing to test with");
        var (passed, wrong, refused) = (0, new List<string>(), new List<string>());
        foreach (var test in Directory.GetDirectories(folder!).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(test);
            try
            {
                if (new NodeCase(test).Run() is { } problem) wrong.Add($"{name}: {problem}");
                else passed++;
            }
            catch (TrnException e)
            {
                refused.Add($"{name}: {e.Diagnostics[0].Message}");
            }
        }

        output.WriteLine($"{passed} passed, {wrong.Count} wrong, {refused.Count} refused");
        foreach (var line in wrong.Concat(refused)) output.WriteLine(line);
        Assert.Empty(wrong);
        Assert.Empty(refused.Where(r => !NodeSuiteRefusals.Has(r[..r.IndexOf(':')])));
    }

    private static string? Folder()
    {
        string[] roots =
        [
            Environment.GetEnvironmentVariable("TRNEMU_MODELS") ?? "", Path.Combine(Repository.Root, "..", "shared", "models"),
        ];
        return roots.Where(r => r.Length > 0).Select(r => Path.Combine(r, "onnx-node")).FirstOrDefault(Directory.Exists);
    }
}
