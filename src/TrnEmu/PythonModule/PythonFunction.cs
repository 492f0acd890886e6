using System.Text;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;

namespace TrnEmu.PythonModule;

/// <summary>One function of the Python module.</summary>
internal static class PythonFunction
{
    /// <summary>Signature, docstring and body.</summary>
    /// <param name="text">Receives them.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="code">Its number as two bytes of Python.</param>
    /// <param name="chips">Chips that the docstring names.</param>
    public static void Write(StringBuilder text, OperationInfo operation, string code, IReadOnlyList<Chip> chips)
    {
        var parameters = operation.Operands.Select(o => PythonParameter.Of(operation, o)).ToArray();
        var heads = parameters.Select(p => p.Default is null ? p.Name : $"{p.Name}={p.Default}");
        if (HasEngine(operation)) heads = heads.Append($"engine=engine.{DefaultEngine(operation)}");
        text.Append("\n\n");
        PythonLines.Signature(text, operation.Name, heads.Append("name=None").Append("**others"));
        PythonDocs.Write(text, operation, parameters, chips);
        var written = operation.Operands.FirstOrDefault(o => o.Role == OperandRole.Write && !operation.Attribute.IsDma);
        text.Append($"    if others:\n        older(others, \"{operation.Name}\", {written?.Name ?? "None"})\n");
        var last = parameters.Length == 1 ? ",))" : "))";
        var engine = HasEngine(operation) ? operation.Attribute.IsDma ? "trigger(engine)" : "chosen(engine)" : "None";
        PythonLines.List(text, $"    return issue({code}, {engine}, name, (", parameters.Select(p => p.Encode), last);
    }

    /// <summary>True when the caller chooses: several engines execute it, or, of the DMA, trigger a copy.</summary>
    public static bool HasEngine(OperationInfo operation) => operation.Attribute.IsDma
        ? operation.Name == "dma_copy" : operation.Attribute.Engines.Members().Skip(1).Any();

    /// <summary>As the dialect has it: GpSimd waits at a barrier unless another engine is named.</summary>
    private static string DefaultEngine(OperationInfo operation)
    {
        if (operation.Name == "core_barrier") return Engine.GpSimd.Name();
        var engine = operation.Attribute.DefaultEngine;
        return engine == Engine.None ? "unknown" : engine.Name();
    }
}
