using System.Reflection;
using System.Text.RegularExpressions;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Diagnostics;

public sealed partial class DiagnosticCodeTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Diagnostic).Assembly, typeof(TrnEmu.Sim.TimePass).Assembly,
        typeof(TrnEmu.Compiler.FrontEnd.KernelBuilder).Assembly, typeof(Emulator).Assembly, typeof(TrnEmu.Cli.CommandLine).Assembly,
    ];

    [Fact]
    public void Every_code_is_given_once()
    {
        var ids = DiagnosticCodes.In(Assemblies).Select(c => c.Id).ToArray();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Every_code_says_why_and_what_to_do()
    {
        foreach (var code in DiagnosticCodes.In(Assemblies))
        {
            Assert.Matches(Id(), code.Id);
            Assert.EndsWith(".", code.Reason, StringComparison.Ordinal);
            Assert.EndsWith(".", code.Mend, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("^TRN[1-4][0-9]{3}$")]
    private static partial Regex Id();
}
