using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.PythonModule;

/// <summary>A parameter of a Python function: its default, and the call that makes bytes of its argument.</summary>
/// <param name="Name">The name.</param>
/// <param name="Default">The default as Python writes it; null when the parameter is required.</param>
/// <param name="Encode">The expression that gives the argument's bytes.</param>
/// <param name="Kind">What it takes, for people; empty for memory operands.</param>
internal sealed record PythonParameter(string Name, string? Default, string Encode, string Kind)
{
    /// <summary>
    /// Where the dialect and the header differ: a scale of 1 is none, a tile has () for none, and axes count from the
    /// partitions.
    /// </summary>
    private static readonly Dictionary<string, Func<PythonParameter, PythonParameter>> Special = new()
    {
        ["activation.scale"] = OneIsNone,
        ["activation_reduce.scale"] = OneIsNone,
        ["nc_matmul.tile_position"] = p => p with { Default = "()" },
        ["nc_matmul.tile_size"] = p => p with { Default = "()" },
        ["tensor_reduce.axis"] = p => p with
        {
            Encode = "reduced_axes(axis, data, \"axis\")",
            Kind = "an integer or a list of them; 0 counts partitions, negative ones count from the last",
        },
    };

    /// <summary>The parameter of an operand.</summary>
    public static PythonParameter Of(OperationInfo operation, OperandInfo operand)
    {
        var name = operand.Name;
        var (encoder, kind) = Encoder(operand);
        var plain = new PythonParameter(
            name, operand.IsOptional ? DefaultOf(operand) : null, $"{encoder}({name}, \"{name}\")", kind);
        return Special.TryGetValue($"{operation.Name}.{name}", out var change) ? change(plain) : plain;
    }

    private static PythonParameter OneIsNone(PythonParameter p) =>
        p with { Default = "1.0", Encode = $"optional_scalar({p.Name}, \"{p.Name}\", 1.0)" };

    private static (string Encoder, string Kind) Encoder(OperandInfo operand)
    {
        var type = operand.Type;
        var optional = operand.IsOptional && operand.Default is null ? "optional_" : "";
        if (type.IsEnum) return (PythonWords.EncoderOf(operand), PythonWords.Kind(type));
        if (type == typeof(AccessPattern)) return ($"{optional}operand", "");
        if (type == typeof(EquatableArray<AccessPattern>)) return ("operands", "");
        if (type == typeof(ScalarOperand)) return (IsNullable(operand) ? "optional_scalar" : "scalar", "");
        if (type == typeof(bool)) return ("flag", "True or False");
        if (type == typeof(int)) return ($"{optional}integer", "an integer");
        if (type == typeof(float) || type == typeof(double)) return ("real", "a number");
        if (type == typeof(EquatableArray<int>)) return ("integers", "a list of integers");
        if (type == typeof(EquatableArray<float>)) return ("reals", "a list of numbers");
        if (type == typeof(EquatableArray<AffineLevel>)) return ("levels", "a list of [step, num]");
        if (type == typeof((int, int))) return ("pair", "two integers");
        if (type == typeof(Accumulation)) return ("accumulation", "True, False or None");
        throw new InvalidOperationException($"{type} of {operand.Name} has no encoder in records.py");
    }

    private static bool IsNullable(OperandInfo operand) => operand.IsOptional && operand.Default is null;

    private static string DefaultOf(OperandInfo operand) => operand.Default switch
    {
        null or Accumulation or EquatableArray<int> or EquatableArray<float> => "None",
        bool flag => flag ? "True" : "False",
        int number => number.ToString(CultureInfo.InvariantCulture),
        float number => Real(number),
        double number => Real(number),
        ScalarOperand { Column: null } scalar => Real(scalar.Immediate),
        Enum member => PythonWords.Default(operand.Type, member),
        _ => throw new InvalidOperationException($"{operand.Name} has a default that Python cannot write"),
    };

    private static string Real(double value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
    }
}
