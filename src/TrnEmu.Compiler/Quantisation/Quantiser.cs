using System.Runtime.InteropServices;
using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>
/// Stores the constant matrices of a model in a narrow format. Those are the weights of products, but for the last one:
/// the classifier of a model is kept, as embeddings and vectors are. Each becomes its elements, its scales and a
/// dequantize node before its first use; microscaled ones on chips that multiply them become part of linear_mx.
/// </summary>
public sealed class Quantiser
{
    /// <summary>First generation of chips with quantize_mx and nc_matmul_mx.</summary>
    public const int MxGeneration = 4;

    private static readonly Dictionary<string, string[]> Weights = new()
    {
        ["linear"] = ["w"],
        ["matmul"] = ["b"],
        ["gelu_mlp"] = ["up", "down"],
        ["swiglu_mlp"] = ["gate", "up", "down"],
    };

    private readonly Model _model;
    private readonly HashSet<string> _matrices;
    private readonly WeightFormat _format;
    private readonly MxScaleRule _rule;
    private readonly Dictionary<string, byte[]> _constants;
    private readonly GraphBuilder _graph = new();
    private readonly Dictionary<string, string> _replaced = [];

    private Quantiser(Model model, IReadOnlyList<string> matrices, WeightFormat format, MxScaleRule rule)
    {
        (_model, _matrices, _format, _rule) = (model, [.. matrices], format, rule);
        _constants = model.Constants.ToDictionary();
    }

    /// <summary>The same model with narrow matrices.</summary>
    /// <param name="model">The model.</param>
    /// <param name="format">Of its matrices.</param>
    /// <param name="rule">Of microscales; also that of quantize_mx in the run.</param>
    /// <param name="generation">Of the chip: from 4 on, microscaled products have both operands microscaled.</param>
    public static Model Apply(
        Model model, WeightFormat format, MxScaleRule rule = MxScaleRule.Ocp, int generation = 0)
    {
        var matrices = Matrices(model.Graph);
        if (format.Scaling == WeightScaling.Mx && generation >= MxGeneration)
            (model, matrices) = MxProducts.Apply(model, matrices, format, rule);
        return matrices.Count > 0 ? Apply(model, matrices, format, rule) : model;
    }

    /// <summary>The same with given matrices only.</summary>
    internal static Model Apply(Model model, IReadOnlyList<string> matrices, WeightFormat format, MxScaleRule rule) =>
        new Quantiser(model, matrices, format, rule).Apply();

    /// <summary>Names of the constants that a format applies to, in the order of their use.</summary>
    public static IReadOnlyList<string> Matrices(ModelGraph graph)
    {
        var tensors = graph.Tensors.ToDictionary(t => t.Name);
        var last = graph.Nodes.LastOrDefault(n => Weights.ContainsKey(n.Op));
        var names = new List<string>();
        foreach (var node in graph.Nodes.Where(n => Weights.ContainsKey(n.Op) && n != last))
        {
            foreach (var operand in Weights[node.Op])
            {
                var name = node.Inputs[GraphOp.All[node.Op].IndexOf(operand)];
                var isMatrix = tensors[name] is { Role: GraphRole.Constant, Type.IsMatrix: true } tensor && tensor.Type.DType.IsFloat();
                if (isMatrix && !names.Contains(name)) names.Add(name);
            }
        }

        return names;
    }

    /// <summary>True for the matrix itself, and for its elements and scales once it is quantised.</summary>
    public static bool IsPart(string tensor, string matrix) =>
        tensor == matrix || tensor == Narrow(matrix) || tensor == Scale(matrix);

    private Model Apply()
    {
        foreach (var tensor in _model.Graph.Tensors)
        {
            if (_matrices.Contains(tensor.Name)) Declare(tensor);
            else if (tensor.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache)
                _graph.Declare(tensor.Name, tensor.Type, tensor.Role);
        }

        foreach (var node in _model.Graph.Nodes)
        {
            foreach (var name in node.Inputs.Where(n => _matrices.Remove(n))) Dequantise(name, node.Source);
            _graph.Add(
                node.Outputs[0], node.Op, [.. node.Inputs.Select(i => _replaced.GetValueOrDefault(i, i))],
                node.Attributes.Span, node.Source);
        }

        foreach (var output in _model.Graph.Tensors.Where(t => t.Role == GraphRole.Output)) _graph.Output(output.Name);
        return new Model(_graph.Build(), _constants);
    }

    private void Declare(GraphTensor matrix)
    {
        var (name, type) = (matrix.Name, matrix.Type);
        _constants.Remove(name, out var bytes);
        var values = new float[type.Elements];
        Conversions.Widen(type.DType, bytes, values);
        if (_format.Scaling == WeightScaling.None)
        {
            _constants[Narrow(name)] = new byte[values.Length * _format.Element.Size()];
            Conversions.Narrow(_format.Element, values, _constants[Narrow(name)]);
            _graph.Declare(Narrow(name), type with { DType = _format.Element }, GraphRole.Constant);
            return;
        }

        var quantised = QuantisedMatrix.Of(values, type.Columns, _format, _rule);
        (_constants[Narrow(name)], _constants[Scale(name)]) = (quantised.Elements, quantised.Scales);
        var width = _format.IsPairs ? (type.Columns + 1) / 2 : type.Columns;
        _graph.Declare(Narrow(name), new TensorType(_format.Element, [type.Rows, width]), GraphRole.Constant);
        _graph.Declare(Scale(name), ScaleType(type, quantised.Scales.Length), GraphRole.Constant);
    }

    private TensorType ScaleType(TensorType type, int bytes) => _format.Scaling == WeightScaling.Mx
        ? new TensorType(DType.UInt8, [bytes / type.Columns, type.Columns])
        : new TensorType(DType.Fp32, [bytes / sizeof(float)]);

    private void Dequantise(string name, string source)
    {
        var type = _model.Graph[name].Type;
        var dtype = new GraphAttribute("dtype", type.DType.Name());
        _replaced[name] = name;
        if (_format.Scaling == WeightScaling.None)
        {
            _graph.Add(name, "cast", [Narrow(name)], [dtype], source);
            return;
        }

        var pairs = new GraphAttribute("pairs", type.Columns);
        _graph.Add(
            name, "dequantize", [Narrow(name), Scale(name)], _format.IsPairs ? [dtype, pairs] : [dtype], source);
    }

    /// <summary>Name of the elements of a matrix.</summary>
    internal static string Narrow(string name) => name + ".narrow";

    /// <summary>Name of its scales.</summary>
    internal static string Scale(string name) => name + ".scale";
}
