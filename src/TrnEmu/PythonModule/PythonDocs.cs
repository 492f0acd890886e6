using System.Text;
using System.Text.RegularExpressions;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;

namespace TrnEmu.PythonModule;

/// <summary>The docstring of a function: what it computes, parameters, engines, chips and cost class.</summary>
internal static partial class PythonDocs
{
    private const int Indent = 4;
    private const int CostGeneration = 3;
    private const string Quotes = "\"\"\"";
    private static readonly string[] Titles = ["HBM", "SBUF", "PSUM"];

    /// <summary>Adds the docstring.</summary>
    public static void Write(
        StringBuilder text, OperationInfo operation, IEnumerable<PythonParameter> parameters, IReadOnlyList<Chip> chips)
    {
        text.Append(' ', Indent).Append(Quotes).Append(Pythonic(operation.Attribute.Summary)).Append("\n\n");
        Paragraph(text, IsaText.Described(operation).About);
        text.Append('\n');
        Paragraph(text, Where(operation, chips));
        text.Append('\n');
        foreach (var (operand, parameter) in operation.Operands.Zip(parameters))
            Entry(text, operand.Name, $"{About(operation, operand)} ({Takes(operand, parameter)})".TrimStart());
        if (PythonFunction.HasEngine(operation)) Entry(text, "engine", "A member of nisa.engine; unknown leaves it open.");
        Entry(text, "name", "A name for the instruction, or None.");
        text.Append(' ', Indent).Append(Quotes).Append('\n');
    }

    private static string About(OperationInfo operation, OperandInfo operand) =>
        operation.Name == "tensor_reduce" && operand.Name == "axis"
            ? "The reduced free axes: the innermost ones, without gaps."
            : ApiDocs.Parameter(operation.Type, operand.Property) ?? "";

    private static string Takes(OperandInfo operand, PythonParameter parameter) =>
        operand.Role == OperandRole.Parameter ? parameter.Kind : Memory(operand);

    private static string Memory(OperandInfo operand)
    {
        var use = operand.Role == OperandRole.Write ? "written" : "read";
        if (operand.IsList) use = "a list of tensors, read";
        if (operand.Type == typeof(ScalarOperand)) use = "a number, or read";
        var spaces = Enum.GetValues<MemorySpace>().Where(s => operand.Spaces.Has(s)).Select(s => Titles[(int)s]);
        return $"{use}; {string.Join(" or ", spaces)}; {Types(operand)}";
    }

    private static string Types(OperandInfo operand)
    {
        if (operand.DTypes.Count == DTypes.All.Count) return "any dtype";
        if (operand.DTypes.SequenceEqual(DTypes.Arithmetic)) return "any number";
        return string.Join(", ", operand.DTypes.Select(NameOf));
    }

    /// <summary>The name of a dtype in nki.language.</summary>
    private static string NameOf(DType dtype) => dtype switch
    {
        DType.Fp32 => "float32",
        DType.Bf16 => "bfloat16",
        DType.Fp16 => "float16",
        DType.Tf32 => "tfloat32",
        DType.E8M0 => "float8_e8m0fnu",
        DType.Fp4E2M1X4 => "float4_e2m1fn_x4",
        _ => dtype.Name().Replace("fp8", "float8", StringComparison.Ordinal),
    };

    private static string Where(OperationInfo operation, IReadOnlyList<Chip> chips)
    {
        var by = operation.Attribute.IsDma ? "DMA, triggered by" : "Engines:";
        var engines = string.Join(", ", operation.Attribute.Engines.Members().Select(e => e.Name()));
        var names = string.Join(", ", IsaText.ChipsOf(operation, chips));
        return $"{by} {engines}. Chips: {names}. Cost class: {Classes(operation)}.";
    }

    /// <summary>The cost classes of the engine instructions of the header's example, and of its transfer.</summary>
    private static string Classes(OperationInfo operation)
    {
        if (IsaExample.Entry(operation) is not var (program, entry)) return "none";
        var sink = new ExpansionSink();
        sink.Begin(program, entry.Engine, Math.Max(operation.Attribute.MinGeneration, CostGeneration));
        entry.Operation.Expand(sink);
        var classes = new List<string>();
        foreach (var instruction in sink.Instructions)
            classes.Add(OperationInfo.SnakeCase(instruction.Class.ToString()));
        if (sink.Transfer is not null) classes.Add("dma packets");
        return string.Join(", ", classes.Distinct());
    }

    private static void Entry(StringBuilder text, string name, string about) =>
        PythonLines.Fill(text, Words(about), 2 * Indent, $"{new string(' ', Indent)}:param {name}:");

    private static void Paragraph(StringBuilder text, string about) => PythonLines.Fill(text, Words(about), Indent);

    private static string[] Words(string about) => Pythonic(about).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The words of C# in those of Python.</summary>
    private static string Pythonic(string text) => Keyword().Replace(text, m => m.Value switch
    {
        "null" => "None",
        "true" => "True",
        "false" => "False",
        _ => "\\\\",
    });

    [GeneratedRegex(@"\bnull\b|\btrue\b|\bfalse\b|\\")]
    private static partial Regex Keyword();
}
