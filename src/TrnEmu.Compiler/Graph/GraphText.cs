using System.Text;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// The text form of a graph: a line for each declaration, node and output. <c>Parse(Print(g))</c> equals g.
/// <code>
/// graph 1
/// input x fp32[1,64]
/// constant w fp32[64]
/// y = rms_norm(x, w) epsilon=1e-05  # layer 0
/// output y
/// </code>
/// Types of results are not written: they follow from the operands. An operand that is left out is <c>none</c>.
/// </summary>
public static class GraphText
{
    internal const string Header = "graph 1";

    /// <summary>The graph as text; lines end with "\n".</summary>
    public static string Print(ModelGraph graph)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var tensor in graph.Tensors)
        {
            if (tensor.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache)
                text.Append($"{tensor.Role.ToString().ToLowerInvariant()} {tensor.Name} {tensor.Type}\n");
        }

        foreach (var node in graph.Nodes) text.Append(Line(node)).Append('\n');
        foreach (var tensor in graph.Tensors)
        {
            if (tensor.Role == GraphRole.Output) text.Append($"output {tensor.Name}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads a graph.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">Name of the text in messages.</param>
    /// <exception cref="Core.Diagnostics.TrnException">Every line that is wrong.</exception>
    public static ModelGraph Parse(string text, string file) => new GraphReader(file).Read(text);

    private static string Line(GraphNode node)
    {
        var inputs = node.Inputs.Select(i => i.Length == 0 ? GraphNames.Absent : i);
        var line = $"{string.Join(", ", node.Outputs)} = {node.Op}({string.Join(", ", inputs)})";
        foreach (var attribute in node.Attributes) line += $" {attribute}";
        return node.Source.Length == 0 ? line : $"{line}  # {node.Source}";
    }
}
