using TrnEmu.Core.Isa;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>What one operation does, element by element. Found by reflection: a new operation brings a class.</summary>
internal interface IOracle<in TOperation>
    where TOperation : Operation
{
    void Run(TOperation operation, OracleMachine machine);
}
