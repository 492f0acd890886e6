using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>A node before the graph is put together.</summary>
internal sealed record EmittedNode(
    string Output, string Op, string[] Inputs, GraphAttribute[] Attributes, string Source)
{
    /// <summary>Equal for nodes that compute the same.</summary>
    public string Key => $"{Op}({string.Join(',', Inputs)}) {string.Join(' ', Attributes)}";
}
