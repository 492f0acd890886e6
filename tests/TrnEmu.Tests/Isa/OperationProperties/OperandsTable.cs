using TrnEmu.Core.Isa;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>The generator of each operation.</summary>
internal static class OperandsTable
{
    private static readonly Dictionary<Type, IOperands<Operation>> Generators = Implementations
        .Of(typeof(IOperands<>)).ToDictionary(i => i.Operation, i => (IOperands<Operation>)i.Instance);

    public static bool Has(Type operation) => Generators.ContainsKey(operation);

    public static Operation Make(Type operation, Draw draw) => Generators[operation].Make(draw);
}
