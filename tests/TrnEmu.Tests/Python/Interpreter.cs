using System.Diagnostics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Python;

/// <summary>The Python of this machine: TRNEMU_PYTHON, else the first python3 on PATH.</summary>
internal static class Interpreter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // What would change what a test means.
    private static readonly string[] Options =
        ["TRNEMU_RUN_OPTIONS", "NKI_SIMULATOR", "NKI_PRECISE_FP", "NEURON_PLATFORM_TARGET_OVERRIDE"];

    private static readonly Lazy<(string? Path, string Reason)> Found = new(Find);

    /// <summary>Skips the test, in words, where there is no Python that the package runs on.</summary>
    public static void SkipWithout() => Assert.SkipWhen(Found.Value.Path is null, Found.Value.Reason);

    /// <summary>Runs the tests of one module of a folder, as <c>python3 -m unittest -v module</c> there.</summary>
    public static PythonRun RunTests(string folder, string module) => RunHere(folder, ["-m", "unittest", "-v", module]);

    /// <summary>Runs a script, as <c>python3 script arguments</c> in its folder.</summary>
    public static PythonRun RunScript(string script, params string[] arguments) =>
        RunHere(Path.GetDirectoryName(script)!, [script, .. arguments]);

    private static PythonRun RunHere(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Found.Value.Path!, arguments) { WorkingDirectory = folder };
        var package = Path.Combine(Repository.Root, "src", "TrnEmu.Python");
        start.Environment["PYTHONPATH"] = package + Path.PathSeparator + folder;
        if (CoreFolder() is { } core) start.Environment["TRNEMU_CORE"] = core;
        return Run(start);
    }

    /// <summary>
    /// Where the core lies as this build made it: beside the tests, else in the output of its own project. A reference
    /// copies the assembly but not the runtimeconfig.json that a host needs. Null where neither has both.
    /// </summary>
    private static string? CoreFolder()
    {
        var own = AppContext.BaseDirectory.Replace(
            Path.Combine("tests", "TrnEmu.Tests", "bin"), Path.Combine("src", "TrnEmu.Python", "bin"), StringComparison.Ordinal);
        return ((string[])[AppContext.BaseDirectory, own]).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, "TrnEmu.Python.dll"))
                && File.Exists(Path.Combine(folder, "TrnEmu.Python.runtimeconfig.json")));
    }

    private static (string? Path, string Reason) Find()
    {
        var name = Environment.GetEnvironmentVariable("TRNEMU_PYTHON") ?? "python3";
        try
        {
            var run = Run(new ProcessStartInfo(name, ["-c", "import sys; print(*sys.version_info[:2])"]));
            var version = run.Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (run.Code != 0 || version is not [var major, var minor] || !int.TryParse(minor, out var second))
                return (null, $"{name} does not run: {run.All.Trim()}. Tests of the Python package are left out.");
            return major == "3" && second >= 10
                ? (name, "")
                : (null, $"{name} is Python {major}.{minor}, the package needs 3.10. Its tests are left out.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"there is no {name} on PATH. Tests of the Python package are left out.");
        }
    }

    private static PythonRun Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        foreach (var name in Options)
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return new PythonRun(-1, output.Result, $"{error.Result}\nstopped after {Limit.TotalMinutes:0} minutes");
        }

        return new PythonRun(process.ExitCode, output.Result, error.Result);
    }
}
