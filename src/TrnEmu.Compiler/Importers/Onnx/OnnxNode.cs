using TrnEmu.Compiler.Importers.Onnx.Proto;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>A node as the importer of its operation sees it: operands that are made, attributes, results to
/// make.</summary>
internal sealed class OnnxNode
{
    private readonly Dictionary<string, AttributeProto> _attributes;
    private readonly Value?[] _inputs;
    private readonly Value?[] _outputs;
    private readonly NodeProto _node;

    public OnnxNode(
        NodeProto node, Value?[] inputs, Dictionary<string, AttributeProto> attributes, long opset, Emitter emit,
        HostEmitter host, TensorReader tensors)
    {
        (_node, _inputs, _attributes, Opset) = (node, inputs, attributes, opset);
        (Emit, Host, Tensors, _outputs) = (emit, host, tensors, new Value?[node.Output.Count]);
    }

    /// <summary>Adds operations to our graph.</summary>
    public Emitter Emit { get; }

    /// <summary>Adds steps of the host.</summary>
    public HostEmitter Host { get; }

    /// <summary>Reads tensors that are attributes.</summary>
    public TensorReader Tensors { get; }

    /// <summary>Version of the operation's domain.</summary>
    public long Opset { get; }

    /// <summary>Name of the operation.</summary>
    public string Op => _node.OpType;

    /// <summary>Name of the node, or of its first result.</summary>
    public string Name => _node.Name.Length > 0 ? _node.Name : _node.Output.FirstOrDefault(o => o.Length > 0) ?? "";

    /// <summary>Number of operands, left out ones included.</summary>
    public int Count => _inputs.Length;

    /// <summary>All operands that are given.</summary>
    public Value[] All => [.. _inputs.Where(i => i is not null).Select(i => i!)];

    /// <summary>What the node made so far.</summary>
    public IReadOnlyList<Value?> Outputs => _outputs;

    /// <summary>Number of results that the node names.</summary>
    public int OutputCount => _outputs.Length;

    /// <summary>An operand that must be given.</summary>
    public Value this[int i] => Find(i) ?? throw new OnnxRefusal($"operand {i} is missing");

    /// <summary>An operand that may be left out.</summary>
    public Value? Find(int i) => i < _inputs.Length ? _inputs[i] : null;

    /// <summary>True when the operand is given.</summary>
    public bool Has(int i) => Find(i) is not null;

    /// <summary>True when a result is asked for.</summary>
    public bool Wants(int i) => i < _node.Output.Count && _node.Output[i].Length > 0;

    /// <summary>Gives a result.</summary>
    public void Make(Value value, int i = 0)
    {
        if (i < _outputs.Length) _outputs[i] = value;
    }

    /// <summary>True when the attribute is given.</summary>
    public bool HasAttribute(string name) => _attributes.ContainsKey(name);

    /// <summary>A whole number.</summary>
    public long Int(string name, long other) => _attributes.TryGetValue(name, out var a) ? a.I : other;

    /// <summary>A whole number that fits in 32 bits.</summary>
    public int Int32(string name, int other) => Int(name, other) is >= int.MinValue and <= int.MaxValue and var v
        ? (int)v : throw new OnnxRefusal($"{name} is {Int(name, other)}, expected 32 bits");

    /// <summary>A number.</summary>
    public double Number(string name, double other) => _attributes.TryGetValue(name, out var a) ? a.F : other;

    /// <summary>A word.</summary>
    public string Word(string name, string other) =>
        _attributes.TryGetValue(name, out var a) ? a.S.ToStringUtf8() : other;

    /// <summary>Whole numbers, or null.</summary>
    public long[]? Ints(string name) => _attributes.TryGetValue(name, out var a) ? [.. a.Ints] : null;

    /// <summary>Whole numbers that must be given.</summary>
    public long[] Needed(string name) => Ints(name) ?? throw new OnnxRefusal($"attribute {name} is missing");

    /// <summary>An attribute as the file has it, or null.</summary>
    public AttributeProto? Attribute(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>Values of an operand that must be known while compiling.</summary>
    /// <exception cref="StaticNeeded">They depend on inputs.</exception>
    public double[] Known(int i, string what)
    {
        var value = this[i];
        if (value.Constant is { } data) return data.Values;
        throw new StaticNeeded(value.Sources, $"{what} depends on values of inputs");
    }

    /// <summary>Whole numbers that must be known, beyond int64 clamped.</summary>
    public long[] KnownInts(int i, string what) => Array.ConvertAll(Known(i, what), static v => (long)v);

    /// <summary>One whole number that must be known.</summary>
    public long KnownInt(int i, string what) => KnownInts(i, what) is [var one]
        ? one : throw new OnnxRefusal($"{what} is {this[i]}, expected one number");

    /// <summary>Axes or the like: an attribute in old opsets, an operand in new ones; null where left out.</summary>
    public long[]? IntsOrOperand(string name, int operand) =>
        HasAttribute(name) ? Ints(name) : Has(operand) ? KnownInts(operand, name) : null;

    /// <summary>A list of 32-bit numbers of a given length.</summary>
    public int[] Int32s(string name, int count, int other)
    {
        if (Ints(name) is not { Length: > 0 } list) return [.. Enumerable.Repeat(other, count)];
        if (list.Length != count || list.Any(v => Int128.Abs(v) > int.MaxValue))
            throw new OnnxRefusal($"{name} is [{string.Join(',', list.Take(16))}], expected {count} numbers of 32 bits");
        return [.. list.Select(v => (int)v)];
    }
}
