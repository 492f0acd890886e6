using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>The arguments of an operation by the operands of its header.</summary>
internal static class Arguments
{
    public static object?[] Of(Operation operation) => [.. operation.Info.Operands.Select(o => o.Get(operation))];

    /// <summary>Positions of memory operands with a role.</summary>
    public static int[] Memory(Operation operation, OperandRole role) =>
        [.. Enumerable.Range(0, operation.Info.Operands.Count).Where(i => operation.Info.Operands[i].Role == role
            && Pattern(operation.Info.Operands[i].Get(operation)) is not null)];

    /// <summary>The pattern of a memory operand or of a column; null for constants and absent operands.</summary>
    public static AccessPattern? Pattern(object? argument) => argument switch
    {
        AccessPattern pattern => pattern,
        ScalarOperand scalar => scalar.Column,
        _ => null,
    };

    /// <summary>All patterns of a memory operand.</summary>
    public static IEnumerable<AccessPattern> Patterns(object? argument) => argument switch
    {
        IEnumerable<AccessPattern> patterns => patterns,
        _ => Pattern(argument) is { } pattern ? [pattern] : [],
    };

    /// <summary>All patterns of all operands.</summary>
    public static IEnumerable<AccessPattern> All(Operation operation) => Of(operation).SelectMany(Patterns);

    /// <summary>The operation with another argument; a pattern becomes a column where the operand wants one.</summary>
    public static Operation With(Operation operation, int position, object? argument)
    {
        var arguments = Of(operation);
        arguments[position] = operation.Info.Operands[position].Type == typeof(ScalarOperand)
            && argument is AccessPattern p
            ? (ScalarOperand)p
            : argument;
        return operation.Info.Create(arguments) with { Span = operation.Span };
    }
}
