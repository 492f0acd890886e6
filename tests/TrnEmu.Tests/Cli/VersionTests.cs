using System.Diagnostics;
using TrnEmu.Cli;

namespace TrnEmu.Tests.Cli;

/// <summary>The version is told before anything else is loaded.</summary>
public sealed class VersionTests
{
    [Fact]
    public void It_needs_no_other_assembly()
    {
        var folder = Directory.CreateTempSubdirectory("trnemu-version");
        try
        {
            foreach (var file in (string[])["trnemu.dll", "trnemu.runtimeconfig.json"])
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder.FullName, file));
            using var process = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet",
                [Path.Combine(folder.FullName, "trnemu.dll"), "--version"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
            process.WaitForExit();

            Assert.Equal("", error);
            Assert.Equal(EntryPoint.Version + Environment.NewLine, output);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
