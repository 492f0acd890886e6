using System.ComponentModel;
using System.Diagnostics;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli;

/// <summary>
/// Runs a Python script that calls NKI kernels: in a Python of the user's, with our package, which loads the emulator
/// into that process. The package lies beside the command, in python/trnemu.
/// </summary>
/// <param name="package">Folder that holds the package.</param>
/// <param name="interpreter">The Python that the user chose; null or empty for the first one on PATH.</param>
internal sealed class PythonScript(string package, string? interpreter)
{
    /// <summary>There is no Python, or not ours beside the command.</summary>
    public static readonly DiagnosticCode NoPython = new(
        "TRN1008", "Python", "Scripts with NKI kernels run in Python 3.10 or later, which TrnEmu does not bring.",
        "Install Python (Debian, Ubuntu: apt install python3; macOS: brew install python; Windows: winget install "
        + "Python.Python.3.13), or set TRNEMU_PYTHON to the path of one.");

    /// <summary>
    /// As `python -m trnemu`, but that a folder of that name where the user happens to be is not taken for our package, and
    /// that processes which the script starts are left alone.
    /// </summary>
    private const string Start =
        "import sys; sys.path[0] = sys.argv.pop(1); import runpy; runpy.run_module('trnemu', None, '__main__', True)";

    private static volatile bool _running;

    /// <summary>A script is running, which hears of an interrupt itself and says how it ends.</summary>
    public static bool IsRunning => _running;

    /// <summary>With the package beside the command, and the Python that TRNEMU_PYTHON names.</summary>
    public static PythonScript OfEnvironment() =>
        new(Path.Combine(AppContext.BaseDirectory, "python"), Environment.GetEnvironmentVariable("TRNEMU_PYTHON"));

    /// <summary>True for a script.</summary>
    public static bool Is(string target) => target.EndsWith(".py", StringComparison.Ordinal);

    /// <summary>Runs it; its input, output and exit code are the command's.</summary>
    /// <param name="terminal">Where its output goes when that is not the process's own.</param>
    /// <param name="script">Path of the script.</param>
    /// <param name="arguments">Its own arguments.</param>
    /// <param name="options">What the emulator is asked for, as JSON.</param>
    /// <exception cref="TrnException">No such script, or no Python.</exception>
    public int Run(Terminal terminal, string script, IReadOnlyList<string> arguments, string options)
    {
        if (!File.Exists(script)) throw Bad(Emulator.Target, "there is no such file", new SourceSpan(script, 0));
        if (!File.Exists(Path.Combine(package, "trnemu", "__main__.py")))
            throw Bad(NoPython, $"TrnEmu's Python package is missing in {package}: this copy of TrnEmu is not complete", SourceSpan.None);
        var isOwn = ReferenceEquals(terminal.Output, Console.Out);
        var start = new ProcessStartInfo(Interpreter(), ["-c", Start, package, script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = !isOwn,
            RedirectStandardError = !isOwn,
        };
        start.Environment["TRNEMU_RUN_OPTIONS"] = options;
        if (isOwn) Console.Out.Flush();
        return Wait(start, terminal);
    }

    private static int Wait(ProcessStartInfo start, Terminal terminal)
    {
        _running = true;
        try
        {
            using var process = Process.Start(start)!;
            if (start.RedirectStandardOutput)
            {
                process.OutputDataReceived += (_, line) => Pass(terminal.Output, line.Data);
                process.ErrorDataReceived += (_, line) => Pass(terminal.Error, line.Data);
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
            }

            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw Bad(NoPython, $"{start.FileName} cannot be started: {e.Message}. {NoPython.Mend}", SourceSpan.None);
        }
        finally
        {
            _running = false;
        }
    }

    private static void Pass(TextWriter writer, string? line)
    {
        if (line is null) return;
        lock (writer) writer.WriteLine(line);
    }

    private string Interpreter()
    {
        if (interpreter is { Length: > 0 }) return interpreter;
        string[] names = OperatingSystem.IsWindows() ? ["python3.exe", "python.exe"] : ["python3"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(f => names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw Bad(NoPython, "there is no python3 on PATH, and TRNEMU_PYTHON is not set. " + NoPython.Mend, SourceSpan.None);
    }

    private static TrnException Bad(DiagnosticCode code, string message, SourceSpan where) =>
        new(FailureKind.BadInput, Diagnostic.Error(code, message, where));
}
