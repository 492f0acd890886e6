using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>
/// Lets the products of a model's layers, but for the last one, read activations as fp8: x / scale, where scale is the
/// largest magnitude that x has in calibration over the largest number of the type. Matrices of fp8 with one scale stay
/// fp8 up to the array, and the product of both scales follows in fp32; others are dequantised.
/// </summary>
public sealed class Fp8Products
{
    private readonly ActivationFormat _format;
    private readonly ModelGraph _source;
    private readonly HashSet<string> _matrices;
    private readonly Calibration _calibration;
    private readonly GraphBuilder _graph = new();
    private readonly Dictionary<string, byte[]> _constants;
    private readonly Dictionary<string, double> _weightScales = [];
    private readonly Dictionary<string, (string Name, float Scale)> _rows = [];

    private Fp8Products(Model source, IReadOnlyList<string> matrices, ActivationFormat format)
    {
        (_source, _matrices, _format) = (source.Graph, [.. matrices], format);
        _constants = source.Constants.ToDictionary();
        _calibration = new Calibration(source, Products().Select(n => n.Inputs[0]));
    }

    /// <summary>The same model with narrow activations and matrices.</summary>
    /// <param name="model">The model.</param>
    /// <param name="activations">A format of 8 bits with a scale for each tensor.</param>
    /// <param name="weights">Of the matrices; null for that of the activations.</param>
    /// <param name="rule">Of microscaled matrices.</param>
    /// <param name="calibrate">Runs the model on what is typical for it.</param>
    /// <exception cref="Core.Diagnostics.TrnException">Activations that are not finite in calibration.</exception>
    public static Model Apply(
        Model model, ActivationFormat activations, WeightFormat? weights, MxScaleRule rule,
        Action<Calibration> calibrate)
    {
        var matrices = Quantiser.Matrices(model.Graph);
        weights ??= activations.DefaultWeights;
        var products = new Fp8Products(LayerProducts.Apply(model, matrices), matrices, activations);
        calibrate(products._calibration);
        var (narrow, left) = products.Apply(weights);
        return left.Count > 0 ? Quantiser.Apply(narrow, left, weights, rule) : narrow;
    }

    private IEnumerable<GraphNode> Products() =>
        _source.Nodes.Where(n => n.Op == "linear" && _matrices.Contains(n.Inputs[1]));

    private (Model Model, IReadOnlyList<string> Left) Apply(WeightFormat weights)
    {
        var narrow = IsMultiplied(weights) ? LayerProducts.OnlyWeights(_source, _matrices) : [];
        foreach (var tensor in _source.Tensors)
        {
            if (narrow.Contains(tensor.Name)) Declare(tensor, weights);
            else if (tensor.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache)
                _graph.Declare(tensor.Name, tensor.Type, tensor.Role);
        }

        foreach (var node in _source.Nodes)
        {
            if (node.Op == "linear" && _matrices.Contains(node.Inputs[1])) Add(node);
            else _graph.Add(node.Outputs[0], node.Op, [.. node.Inputs], node.Attributes.Span, node.Source);
        }

        foreach (var output in _source.Tensors.Where(t => t.Role == GraphRole.Output)) _graph.Output(output.Name);
        var left = _matrices.Where(m => !narrow.Contains(m) && !IsStored(m, weights));
        return (new Model(_graph.Build(), _constants), [.. left]);
    }

    /// <summary>
    /// True for formats with one scale that every chip multiplies with fp8 as it is; not fp8_e4m3fn, which only later
    /// ones know, and none beside fp8_e4m3.
    /// </summary>
    private static bool IsMultiplied(WeightFormat format) =>
        format.Scaling == WeightScaling.Tensor && format.Element is (DType.Fp8E4M3 or DType.Fp8E5M2);

    private bool IsStored(string matrix, WeightFormat format) =>
        format.Scaling == WeightScaling.None && _source[matrix].Type.DType == format.Element;

    private void Declare(GraphTensor matrix, WeightFormat format)
    {
        var (name, type) = (matrix.Name, matrix.Type);
        _constants.Remove(name, out var bytes);
        var values = new float[type.Elements];
        Conversions.Widen(type.DType, bytes, values);
        var narrow = QuantisedMatrix.Of(values, type.Columns, format, MxScaleRule.Chip);
        _weightScales[name] = BitConverter.ToSingle(narrow.Scales);
        _constants[Quantiser.Narrow(name)] = narrow.Elements;
        _graph.Declare(Quantiser.Narrow(name), type with { DType = format.Element }, GraphRole.Constant);
    }

    private void Add(GraphNode node)
    {
        var (x, w) = (node.Inputs[0], node.Inputs[1]);
        var isNarrow = _weightScales.TryGetValue(w, out var scale);
        var (rows, rowScale) = Rows(x, node.Source);
        GraphAttribute[] attributes =
        [
            .. node.Attributes.Where(a => a.Name != "dtype"),
            new("dtype", _source[node.Outputs[0]].Type.DType.Name()),
            new("scale", (double)rowScale * (isNarrow ? scale : 1)),
        ];
        _graph.Add(
            node.Outputs[0], "linear", [rows, isNarrow ? Quantiser.Narrow(w) : w, .. node.Inputs.Skip(2)], attributes,
            node.Source);
    }

    /// <summary>A tensor as fp8, made before its first use, and its scale.</summary>
    private (string Name, float Scale) Rows(string x, string source)
    {
        if (_rows.TryGetValue(x, out var rows)) return rows;
        var largest = _calibration.Largest(x);
        if (!double.IsFinite(largest))
            _graph.Report(GraphCodes.Operand, FormattableString.Invariant(
                $"{x} ({source}) has {largest} in calibration: it has no scale as {_format.Name}"));

        // What is smaller than the smallest normal numbers, or always zero, keeps the scale 1.
        var scale = (float)(largest / _format.Element.LargestFp8());
        if (!float.IsNormal(scale) || !float.IsNormal(1 / scale)) scale = 1;
        var name = x + ".fp8";
        while (_source.Tensors.Any(t => t.Name == name)) name += "_";
        _graph.Add(
            name, "quantize", [x], [new("scale", scale), new("dtype", _format.Element.Name())], source);
        return _rows[x] = (name, scale);
    }
}
