using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The machine must stop here with this code.</summary>
internal sealed class OracleFault(DiagnosticCode code) : Exception(code.Id)
{
    public string Code => code.Id;
}
