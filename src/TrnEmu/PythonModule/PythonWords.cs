using System.Text;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Numerics;

namespace TrnEmu.PythonModule;

/// <summary>
/// Parameters that take one of several words: enumerations of C#, members of nl or of nki.isa in Python.
/// </summary>
internal static class PythonWords
{
    /// <summary>One encoder for each enumeration that the operations take.</summary>
    public static void Write(StringBuilder text, IEnumerable<OperationInfo> operations)
    {
        var operands = operations.SelectMany(o => o.Operands).Where(o => o.Type.IsEnum).ToArray();
        foreach (var type in operands.Select(o => o.Type).Distinct().OrderBy(EncoderOf, StringComparer.Ordinal))
        {
            PythonLines.List(text, $"{NamesOf(type)} = (", Members(type).Select(m => $"\"{m}\""), ")");
            var takes = $"words(\"{Expected(type)}\", {NamesOf(type)}" + (IsOfLanguage(type) ? "" : $", {ClassOf(type)}");
            text.Append($"{EncoderOf(type)} = {takes})\n");
            if (operands.Any(o => o.Type == type && IsNullable(o)))
                text.Append($"_optional{EncoderOf(type)} = {takes}, is_optional=True)\n");
        }

        text.Append('\n');
    }

    /// <summary>The encoder of a parameter.</summary>
    public static string EncoderOf(OperandInfo operand) =>
        (IsNullable(operand) ? "_optional" : "") + EncoderOf(operand.Type);

    /// <summary>A member as a Python default: <c>reduce_cmd.idle</c>; operators of nl by name.</summary>
    public static string Default(Type type, object value) =>
        IsOfLanguage(type) ? $"\"{Word(value)}\"" : $"{ClassOf(type)}.{Word(value)}";

    /// <summary>What the parameter takes, for people.</summary>
    public static string Kind(Type type)
    {
        if (type == typeof(AluOp)) return "an operator such as nl.add";
        if (type == typeof(ActivationFunction)) return $"one of nl.{string.Join(", ", Members(type))}";
        return $"nisa.{ClassOf(type)}: {string.Join(", ", Members(type))}";
    }

    private static string Expected(Type type)
    {
        if (type == typeof(AluOp)) return "an operator such as nl.add";
        if (type == typeof(ActivationFunction)) return "an activation function such as nl.exp";
        return $"a member of nisa.{ClassOf(type)}";
    }

    /// <summary>Its members are functions of nki.language, not a choice of nki.isa.</summary>
    private static bool IsOfLanguage(Type type) => type == typeof(AluOp) || type == typeof(ActivationFunction);

    private static bool IsNullable(OperandInfo operand) => operand.IsOptional && operand.Default is null;

    private static IEnumerable<string> Members(Type type) => Enum.GetValues(type).Cast<object>().Select(Word);

    private static string Word(object value) => OperationInfo.SnakeCase(value.ToString()!);

    private static string ClassOf(Type type) =>
        type == typeof(ReduceCommand) ? "reduce_cmd" : OperationInfo.SnakeCase(type.Name);

    private static string EncoderOf(Type type)
    {
        if (type == typeof(AluOp)) return "_operator";
        return type == typeof(ActivationFunction) ? "_function" : $"_{ClassOf(type)}";
    }

    private static string NamesOf(Type type)
    {
        if (type == typeof(AluOp)) return "OPERATORS";
        return type == typeof(ActivationFunction) ? "FUNCTIONS" : $"_{ClassOf(type).ToUpperInvariant()}";
    }
}
