using System.Reflection;

namespace TrnEmu.Cli;

/// <summary>
/// Where the process starts. What asks for the version alone is answered here: no parser, no kernel and nothing of the
/// emulator is loaded for it, so a script that asks first waits for little more than the start of .NET.
/// </summary>
public static class EntryPoint
{
    /// <summary>Runs one command; the exit codes are those of <see cref="CommandLine"/>.</summary>
    public static int Main(string[] args)
    {
        if (args is not ["--version"]) return RunCommandLine(args);
        Console.Out.WriteLine(Version);
        return ExitCode.Success;
    }

    /// <summary>The version with the commit it was built from, as <c>--version</c> prints it.</summary>
    internal static string Version =>
        ((AssemblyInformationalVersionAttribute)Attribute.GetCustomAttribute(
            typeof(EntryPoint).Assembly, typeof(AssemblyInformationalVersionAttribute))!).InformationalVersion;

    private static int RunCommandLine(string[] args)
    {
        // Leaves at once and without a stack trace: nothing that a run writes is written before the run is over.
        // A script hears of it too, and ends in its own way.
        Console.CancelKeyPress += static (_, e) =>
        {
            if (PythonScript.IsRunning) e.Cancel = true;
            else Environment.Exit(ExitCode.Interrupted);
        };
        return CommandLine.Run(args, Console.Out, Console.Error);
    }
}
