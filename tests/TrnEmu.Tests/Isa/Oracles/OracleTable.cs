using TrnEmu.Core.Isa;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The oracle of each operation.</summary>
internal static class OracleTable
{
    private static readonly Dictionary<Type, Action<Operation, OracleMachine>> Oracles = Implementations
        .Of(typeof(IOracle<>))
        .ToDictionary(i => i.Operation, i => (Action<Operation, OracleMachine>)typeof(OracleTable)
            .GetMethod(nameof(Bind))!.MakeGenericMethod(i.Operation).Invoke(null, [i.Instance])!);

    public static bool Has(Type operation) => Oracles.ContainsKey(operation);

    public static void Run(Operation operation, OracleMachine machine) =>
        Oracles[operation.GetType()](operation, machine);

    public static Action<Operation, OracleMachine> Bind<TOperation>(IOracle<TOperation> oracle)
        where TOperation : Operation => (operation, machine) => oracle.Run((TOperation)operation, machine);
}
