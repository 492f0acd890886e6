using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>What can be wrong with an ONNX file (TRN143x).</summary>
public static class OnnxCodes
{
    /// <summary>The bytes are no ONNX model.</summary>
    public static readonly DiagnosticCode Format = new(
        "TRN1430", "format of an ONNX file",
        "An ONNX file is a protobuf message with a graph and the opsets that it uses, nested at most 100 deep.",
        "The file was cut or is something else; copy or export it again.");

    /// <summary>A tensor whose shape, type or data do not fit together.</summary>
    public static readonly DiagnosticCode Tensor = new(
        "TRN1431", "tensor of an ONNX file",
        "The extents of a tensor say how many elements follow, and each element has the size of its type.",
        "The file is damaged; export it again.");

    /// <summary>External data that cannot be used.</summary>
    public static readonly DiagnosticCode External = new(
        "TRN1432", "external data of an ONNX file",
        "Weights may lie in other files in the folder of the model, at an offset that the model names.",
        "Copy these files with the model, under the names that it uses.");

    /// <summary>Names or nodes that do not form a graph.</summary>
    public static readonly DiagnosticCode Graph = new(
        "TRN1433", "graph of an ONNX file",
        "Each name is made once, before its first use: nodes stand in an order in which they can run.",
        "Check the model with onnx.checker, or export it again.");

    /// <summary>A node that cannot be compiled.</summary>
    public static readonly DiagnosticCode Node = new(
        "TRN1434", "ONNX node that cannot be compiled",
        "Each node becomes operations that the chip executes, or shape arithmetic on the host. What is not computed is refused.",
        "Export the model without the node, or with another form of it; the message says what is missing.");

    /// <summary>An extent that is not known.</summary>
    public static readonly DiagnosticCode Dimension = new(
        "TRN1435", "symbolic dimension of an ONNX model",
        "Code is made for fixed shapes; a dimension that the file names but does not number has to be fixed.",
        "Give it with --dim NAME=N, or give the input with --input NAME=FILE.npy.");

    /// <summary>A given input that does not fit the model.</summary>
    public static readonly DiagnosticCode Input = new(
        "TRN1436", "input of an ONNX model",
        "Inputs have the model's names, types and shapes; int64 and uint64 are carried as int32.",
        "Compare with the inputs that the message lists.");

    /// <summary>A shape that depends on values which are not known.</summary>
    public static readonly DiagnosticCode Static = new(
        "TRN1437", "ONNX node whose result has no fixed shape",
        "Shapes, axes and limits must be known as the model is compiled.",
        "Give the values that decide the shape with --input NAME=FILE.npy.");
}
