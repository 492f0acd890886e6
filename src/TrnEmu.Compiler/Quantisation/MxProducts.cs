using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>
/// Makes linear_mx of the products with matrices that are to be microscaled: what chips of generation 4 multiply as it
/// is, the other operand being quantised on the chip. A matrix that something else reads too is left to be dequantised.
/// </summary>
internal static class MxProducts
{
    /// <summary>Replaces the products that can be.</summary>
    /// <param name="model">The model.</param>
    /// <param name="matrices">Names of constants that are to be narrow.</param>
    /// <param name="format">A microscaled one.</param>
    /// <param name="rule">Of scales, of the matrices and of the other operands.</param>
    /// <returns>The model, and the matrices that it still has.</returns>
    public static (Model Model, IReadOnlyList<string> Left) Apply(
        Model model, IReadOnlyList<string> matrices, WeightFormat format, MxScaleRule rule)
    {
        var source = LayerProducts.Apply(model, matrices).Graph;
        var packed = LayerProducts.OnlyWeights(source, matrices);
        var constants = model.Constants.ToDictionary();
        var graph = new GraphBuilder();
        foreach (var tensor in source.Tensors)
        {
            if (packed.Contains(tensor.Name)) Declare(graph, constants, tensor, format, rule);
            else if (tensor.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache)
                graph.Declare(tensor.Name, tensor.Type, tensor.Role);
        }

        foreach (var node in source.Nodes)
        {
            if (node.Op == "linear" && packed.Contains(node.Inputs[1])) Add(graph, node, rule);
            else graph.Add(node.Outputs[0], node.Op, [.. node.Inputs], node.Attributes.Span, node.Source);
        }

        foreach (var output in source.Tensors.Where(t => t.Role == GraphRole.Output)) graph.Output(output.Name);
        return (new Model(graph.Build(), constants), [.. matrices.Where(m => !packed.Contains(m))]);
    }

    private static void Declare(
        GraphBuilder graph, Dictionary<string, byte[]> constants, GraphTensor matrix, WeightFormat format,
        MxScaleRule rule)
    {
        var (name, rows, columns) = (matrix.Name, matrix.Type.Rows, matrix.Type.Columns);
        constants.Remove(name, out var bytes);
        var values = new float[matrix.Type.Elements];
        Conversions.Widen(matrix.Type.DType, bytes, values);
        var narrow = MxPacking.Pack(QuantisedMatrix.Of(values, columns, format, rule), rows, columns, format.IsPairs);
        var (elements, scale) = (Quantiser.Narrow(name), Quantiser.Scale(name));
        (constants[elements], constants[scale]) = (narrow.Elements, narrow.Scales);
        var height = MxPacking.Rows(rows);
        graph.Declare(
            elements, new TensorType(format.Element, [height, narrow.Elements.Length / height]), GraphRole.Constant);
        graph.Declare(
            scale, new TensorType(DType.UInt8, [narrow.Scales.Length / columns, columns]), GraphRole.Constant);
    }

    private static void Add(GraphBuilder graph, GraphNode node, MxScaleRule rule)
    {
        var w = node.Inputs[1];
        graph.Add(
            node.Outputs[0], "linear_mx",
            [node.Inputs[0], Quantiser.Narrow(w), Quantiser.Scale(w), .. node.Inputs.Skip(2)],
            [.. node.Attributes, new GraphAttribute("rule", rule == MxScaleRule.Ocp ? "ocp" : "chip")], node.Source);
    }
}
