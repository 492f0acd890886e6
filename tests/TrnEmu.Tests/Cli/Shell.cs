using TrnEmu.Cli;

namespace TrnEmu.Tests.Cli;

/// <summary>Runs the command line in this process.</summary>
internal static class Shell
{
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
