using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Graph;

/// <summary>What can be wrong with a graph (TRN141x).</summary>
public static class GraphCodes
{
    /// <summary>A line of the text form that is not understood.</summary>
    public static readonly DiagnosticCode Syntax = new(
        "TRN1411", "graph syntax",
        "A graph is `graph 1`, declarations of tensors, nodes `y = op(x, w) name=value`, outputs.",
        "Compare with the text that the compiler prints for a model.");

    /// <summary>A name that is not there, or is there twice.</summary>
    public static readonly DiagnosticCode Name = new(
        "TRN1412", "name in a graph",
        "Each tensor is declared or made once, before its first use; operations are the compiler's.",
        "Check the spelling and the order of the nodes.");

    /// <summary>Operands or attributes that the operation cannot take.</summary>
    public static readonly DiagnosticCode Operand = new(
        "TRN1413", "operands of a node",
        "Each operation has rules for the shapes and types of its operands and for its attributes.",
        "Check the shapes that the message names.");

    /// <summary>No kernel computes the operation.</summary>
    public static readonly DiagnosticCode NoLowering = new(
        "TRN1414", "operation without a kernel",
        "Each node becomes one kernel; a [Lowering] class beside the kernel says how.",
        "Write one, or express the model by other operations.");

    /// <summary>A JSON form of a model that is not understood.</summary>
    public static readonly DiagnosticCode Json = new(
        "TRN1415", "graph as JSON",
        "A model is schema 1: tensors, nodes and outputs with the properties that `trnemu compile --graph` writes, no "
        + "others, and constants of their types' lengths in base64 or in FILE.bin.",
        "Mend the line that the message names, or write the file again from the model.");
}
