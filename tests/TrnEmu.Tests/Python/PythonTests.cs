using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Python;

/// <summary>Runs the tests of the Python package, tests/python/test_*.py, one case a file.</summary>
public sealed class PythonTests(ITestOutputHelper log)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "python");

    /// <summary>The files, in order of their names.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "test_*.py").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Passes(string file)
    {
        Interpreter.SkipWithout();
        var run = Interpreter.RunTests(Folder, Path.GetFileNameWithoutExtension(file));
        Assert.True(run.Code == 0 && run.Count > 0, $"{file}: exit code {run.Code}, {run.Count} tests\n{run.All}");
        log.WriteLine(run.Summary);
        Assert.SkipWhen(run.Skipped == run.Count, $"{file}: all {run.Count} tests are left out\n{run.Summary}");
    }

    [Fact]
    public void What_fails_is_shown()
    {
        Interpreter.SkipWithout();
        using var folder = new TemporaryFolder();
        folder.Write("test_bad.py", """
            import unittest
            class Bad(unittest.TestCase):
                def test_sum(self):
                    self.assertEqual(1 + 1, 3)
                @unittest.skip("no numpy here")
                def test_left_out(self):
                    pass
            """);
        var run = Interpreter.RunTests(folder.Path, "test_bad");
        Assert.NotEqual(0, run.Code);
        Assert.Equal((2, 1), (run.Count, run.Skipped));
        Assert.Contains("2 != 3", run.All, StringComparison.Ordinal);
        Assert.Contains("no numpy here", run.Summary, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public void A_file_that_cannot_be_imported_has_not_passed()
    {
        Interpreter.SkipWithout();
        using var folder = new TemporaryFolder();
        folder.Write("test_bad.py", "import nowhere_at_all\n");
        var run = Interpreter.RunTests(folder.Path, "test_bad");
        Assert.NotEqual(0, run.Code);
        Assert.Contains("nowhere_at_all", run.All, StringComparison.Ordinal);
    }
}
