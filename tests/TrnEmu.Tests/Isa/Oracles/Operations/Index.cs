using TrnEmu.Core.Machine;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Indices that are read while running.</summary>
internal static class Index
{
    /// <summary>The index names one of so many elements.</summary>
    /// <exception cref="OracleFault">It does not.</exception>
    public static void Demand(long index, long elements)
    {
        if (index < 0 || index >= elements) throw new OracleFault(FaultCodes.DynamicAddress);
    }
}
