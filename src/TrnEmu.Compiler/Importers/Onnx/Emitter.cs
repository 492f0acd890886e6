using System.Buffers.Binary;
using System.Globalization;
using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>
/// Adds operations to our graph. Where all operands are constants the result is computed at once, so that folding and
/// the arithmetic of shapes need no code of their own; equal operations on equal operands are one node. Constants enter
/// the graph when a node uses them.
/// </summary>
/// <param name="single">The dtype of what the file declares float or double.</param>
internal sealed partial class Emitter(DType single)
{
    /// <summary>Largest result that is computed while importing; larger ones are left to the chip.</summary>
    public const long FoldLimit = 1 << 26;

    private const int MaxRank = 8;
    private readonly Dictionary<string, string> _reshaped = [];
    private readonly Dictionary<string, TensorType> _types = [];
    private readonly Dictionary<string, string> _same = [];
    private readonly Dictionary<(ConstantData, DType, string), string> _constantNames = [];
    private readonly List<EmittedNode> _nodes = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The dtype of what the file declares float or double.</summary>
    public DType Single => single;

    /// <summary>Where nodes come from: name and op of the ONNX node.</summary>
    public string Source { get; set; } = "";

    /// <summary>Operations in order.</summary>
    public IReadOnlyList<EmittedNode> Nodes => _nodes;

    /// <summary>Declared constants by name.</summary>
    public Dictionary<string, Value> Constants { get; } = [];

    /// <summary>Inputs of the graph by name, declared where a node uses them.</summary>
    public Dictionary<string, Value> Inputs { get; } = [];

    /// <summary>Type of a tensor of the graph.</summary>
    public TensorType TypeOf(string tensor) => _types[tensor];

    /// <summary>Values that are known, in the ONNX type's own precision.</summary>
    public Value Constant(OnnxType type, int[] shape, ReadOnlySpan<double> values) =>
        Known(type, shape, new ConstantData(values.ToArray()));

    /// <summary>One number as a constant of the type of another value.</summary>
    public Value Like(Value x, double value) => Constant(x.Type, [], [value]) with { DType = x.DType };

    /// <summary>int64 numbers.</summary>
    public Value Integers(int[] shape, IEnumerable<long> values) =>
        Constant(OnnxType.Int64, shape, [.. values.Select(v => (double)v)]);

    /// <summary>A tensor of one value; of no element where an extent is 0.</summary>
    public Value Filled(Value like, int[] shape, double value) =>
        Shapes.Count(shape) == 0 ? Empty(like, shape) : Expand(Like(like, value), shape);

    /// <summary>A constant of a type that the host alone may know.</summary>
    public Value Known(OnnxType type, int[] shape, ConstantData data) =>
        new(type, type.Carrier(single) ?? default, shape) { Constant = data };

    /// <summary>A name of our graph that is like one of the file.</summary>
    public string Unique(string name)
    {
        var text = string.Concat(name.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '_'));
        if (text.Length == 0 || char.IsAsciiDigit(text[0]) || text == GraphNames.Absent) text = "t" + text;
        var unique = text;
        for (var i = 2; !_names.Add(unique); i++) unique = string.Create(CultureInfo.InvariantCulture, $"{text}.{i}");
        return unique;
    }

    /// <summary>Adds an operation, or computes it.</summary>
    /// <param name="op">Name in our graph.</param>
    /// <param name="operands">Operands in order; none of them empty.</param>
    /// <param name="type">What ONNX calls the result.</param>
    /// <param name="attributes">Attributes.</param>
    /// <exception cref="OnnxRefusal">The operation does not take these operands.</exception>
    public Value Add(string op, Value[] operands, OnnxType type, params GraphAttribute[] attributes)
    {
        var isKnown = operands.All(o => o.Constant is not null);
        var names = isKnown ? [.. operands.Select((_, i) => $"c{i}")] : operands.Select(NameOf).ToArray();
        var node = new EmittedNode("", op, names, attributes, Source);
        if (!isKnown && _same.TryGetValue(node.Key, out var same)) return Made(same, type);
        var types = isKnown ? operands.Select(TypeOf).ToArray() : null;
        Func<string, TensorType> typeOf = types is null
            ? name => _types[name] : name => types[int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture)];
        var call = Check(node, typeOf, out var result);
        if (types is not null)
        {
            if (TrySpend(result.Elements + call.Op.Body.Macs(call) / 64 + operands.Sum(o => o.Count) / 8))
                return Fold(call, result, operands, type);
            node = node with { Inputs = [.. operands.Select(NameOf)] };
        }

        node = node with { Output = Unique(call.Op.Name) };
        _types.Add(node.Output, result);
        _same[node.Key] = node.Output;
        _nodes.Add(node);
        return Made(node.Output, type);
    }

    /// <summary>The tensor of our graph that holds a value.</summary>
    /// <exception cref="OnnxRefusal">The chip cannot hold it.</exception>
    public string NameOf(Value value)
    {
        if (value.Tensor is { } tensor)
        {
            if (!_types.ContainsKey(tensor))
            {
                _types.Add(tensor, TypeOf(value));
                Inputs.Add(tensor, value);
            }

            return tensor;
        }

        if (value.Type.IsHostOnly())
            throw new OnnxRefusal($"{value}: the chip has no such type; the host takes it at casts and quantisation only");
        if (value.Host is { IsAfter: true })
            throw new OnnxRefusal($"{value} is computed on the host from results of the chip, and the chip needs it again");
        if (value.Host is { } host) return NameOf(value with { Tensor = HostInput(host) });
        return ConstantName(value);
    }

    private string HostInput(HostValue host)
    {
        if (_hostInputs.TryGetValue(host.Name, out var name)) return name;
        name = Unique(host.Name);
        _hostInputs.Add(host.Name, name);
        return name;
    }

    private readonly Dictionary<string, string> _hostInputs = [];

    /// <summary>The host value that an input of our graph holds.</summary>
    public IReadOnlyDictionary<string, string> HostInputs => _hostInputs;

    private string ConstantName(Value value)
    {
        var key = (value.Constant!, value.DType, string.Join(',', value.Shape));
        if (_constantNames.TryGetValue(key, out var name)) return name;
        var type = TypeOf(value);
        if (value.DType.IsInteger()) CheckRange(value);
        name = Unique(value.Hint.Length > 0 ? value.Hint : "constant");
        _constantNames.Add(key, name);
        _types.Add(name, type);
        Constants.Add(name, value);
        return name;
    }

    private static void CheckRange(Value value)
    {
        var (low, high) = value.DType == DType.UInt32 ? (0.0, uint.MaxValue) : (int.MinValue, int.MaxValue);
        foreach (var v in value.Constant!.Values)
        {
            if (v < low || v > high)
                throw new OnnxRefusal($"a constant {value} holds {v}, which is beyond {value.DType.Name()}");
        }
    }

    /// <summary>Bytes of a constant in its dtype; what is finite stays finite.</summary>
    public static byte[] Bytes(Value value)
    {
        var values = value.Constant!.Values;
        var bytes = new byte[(long)values.Length * value.DType.Size()];
        if (value.DType is DType.Int32 or DType.UInt32)
        {
            for (var i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), unchecked((int)(long)values[i]));
            return bytes;
        }

        var singles = Array.ConvertAll(values, static v => (float)v);
        var largest = Largest(value.DType);
        for (var i = 0; i < singles.Length; i++)
        {
            if (double.IsFinite(values[i])) singles[i] = Math.Clamp(singles[i], -largest, largest);
        }

        Conversions.Narrow(value.DType, singles, bytes);
        return bytes;
    }

    /// <summary>The largest finite number of a dtype.</summary>
    private static float Largest(DType dtype) => dtype switch
    {
        DType.Bf16 => (float)Math.ScaleB(255, 120),
        DType.Fp16 => (float)Half.MaxValue,
        DType.Fp8E4M3 => 240,
        DType.Fp8E4M3Fn => 448,
        DType.Fp8E5M2 => 57344,
        _ => float.MaxValue,
    };

    private Value Made(string tensor, OnnxType type) =>
        new(type, _types[tensor].DType, [.. _types[tensor].Shape]) { Tensor = tensor };

    private static TensorType TypeOf(Value value)
    {
        if (value.Rank > MaxRank) throw new OnnxRefusal($"{value} has rank {value.Rank}, limit {MaxRank}");
        if (value.Count > int.MaxValue) throw new OnnxRefusal($"{value} has {value.Count} elements, limit {int.MaxValue}");
        return new TensorType(value.DType, [.. value.Shape]);
    }

    private static GraphCall Check(EmittedNode node, Func<string, TensorType> types, out TensorType result)
    {
        if (!GraphOp.All.TryGetValue(node.Op, out var op)) throw new OnnxRefusal($"there is no operation {node.Op}");
        var findings = new List<Diagnostic>();
        var graphNode = new GraphNode(node.Op, [.. node.Inputs], ["y"], [.. node.Attributes], "");
        var call = new GraphCall(graphNode, op, types, findings);
        if (op.Body.Infer(call) is not { } type || findings.Count > 0)
            throw new OnnxRefusal($"{string.Join("; ", findings.Select(f => f.Message))}");
        if (type.Shape.Count > MaxRank || type.Elements is < 1 or > int.MaxValue)
            throw new OnnxRefusal($"a result has type {type}, limit rank {MaxRank} and {int.MaxValue} elements");
        result = type;
        return call;
    }
}
