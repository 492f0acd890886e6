using System.Text.Json;
using TrnEmu.Cli;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Cli;

public sealed class PythonScriptTests
{
    private const string Main = """
        import json, os, sys
        print(json.dumps([sys.argv[1:], os.environ["TRNEMU_RUN_OPTIONS"], __name__, sys.path[0]]))
        print("a word", file=sys.stderr)
        sys.exit(7)
        """;

    [Fact]
    public void Arguments_options_output_and_exit_code_are_passed_through()
    {
        Assert.SkipUnless(HasPython, "there is no python3 on PATH");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("trnemu"));
        folder.Write("trnemu/__init__.py", "");
        folder.Write("trnemu/__main__.py", Main);
        var script = folder.Write("kernel.py", "");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new PythonScript(folder.Path, null).Run(new Terminal(output, error), script, ["--x", "a b", "\"</"], "{\"seed\":3}");
        Assert.Equal((7, "a word"), (code, error.ToString().Trim()));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(
            JsonSerializer.Serialize(new object[] { new[] { script, "--x", "a b", "\"</" }, "{\"seed\":3}", "__main__", folder.Path }),
            JsonSerializer.Serialize(json.RootElement));
    }

    [Fact]
    public void A_script_that_is_missing_is_bad_input()
    {
        var (code, _, error) = Shell.Run("run", "no/such.py", "--", "--case", "x");
        Assert.Equal((2, "no/such.py: error TRN1002: there is no such file"), (code, error.Trim()));
    }

    [Fact]
    public void A_python_that_is_missing_is_named_with_what_to_install()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Directory.CreateDirectory(folder.File("trnemu")).Name + "/__main__.py", "");
        var script = folder.Write("kernel.py", "");
        var failure = Assert.Throws<TrnException>(
            () => new PythonScript(folder.Path, folder.File("no-python")).Run(new Terminal(TextWriter.Null, TextWriter.Null), script, [], "{}"));
        Assert.Equal((FailureKind.BadInput, "TRN1008"), (failure.Kind, failure.Diagnostics[0].Code.Id));
        Assert.Contains("no-python cannot be started", failure.Diagnostics[0].Message);
        Assert.Contains("TRNEMU_PYTHON", PythonScript.NoPython.Mend);
    }

    [Theory]
    [InlineData("--case: is for kernels and models", "x.py", "--case", "a")]
    [InlineData("--input: is for kernels and models", "x.py", "--input", "a=b.npy")]
    [InlineData("foo: only a script (.py) has arguments of its own", "softmax", "foo")]
    public void What_does_not_go_together_is_refused(string message, params string[] arguments)
    {
        var (code, _, error) = Shell.Run(["run", .. arguments]);
        Assert.Equal(2, code);
        Assert.StartsWith("error TRN1001: " + message, error);
    }

    private static bool HasPython =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, "python3")));
}
