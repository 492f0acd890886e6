using System.Globalization;
using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Adds steps of the host: before the chip where they depend on inputs alone, else after it.</summary>
internal sealed class HostEmitter(Emitter emit)
{
    private readonly List<HostNode> _before = [];
    private readonly List<HostNode> _after = [];

    /// <summary>Steps that depend on inputs alone.</summary>
    public IReadOnlyList<HostNode> Before => _before;

    /// <summary>Steps that depend on results of the chip.</summary>
    public IReadOnlyList<HostNode> After => _after;

    /// <summary>Adds a step, or computes it where all operands are known.</summary>
    public Value Add(string op, Value[] operands, OnnxType type, int[] shape, params GraphAttribute[] attributes)
    {
        if (operands.All(o => o.Constant is not null))
        {
            var tensors = operands.Select(o => new OnnxTensor(o.Type, o.Shape, o.Constant!.Values)).ToArray();
            return emit.Known(type, shape, new ConstantData(HostOps.Evaluate(op, tensors, type, shape, attributes)));
        }

        var inputs = operands.Select(Operand).ToArray();
        var isAfter = operands.Any(o => o.Host is { IsAfter: true }) || inputs.Any(i => i.Kind == HostKind.Tensor);
        var list = isAfter ? _after : _before;
        var name = string.Create(CultureInfo.InvariantCulture, $"host.{_before.Count + _after.Count + 1}");
        list.Add(new HostNode(op, inputs, name, type, shape, attributes, emit.Source));
        return new Value(type, type.Carrier(emit.Single) ?? default, shape) { Host = new HostValue(name, isAfter) };
    }

    /// <summary>Where the host finds a value.</summary>
    public HostOperand Operand(Value value)
    {
        if (value.Constant is { } data) return new(HostKind.Constant, "", value.Type, value.Shape, data.Values);
        if (value.Host is { } host) return new(HostKind.Step, host.Name, value.Type, value.Shape);
        return value.Input is { } input
            ? new(HostKind.Input, input, value.Type, value.Shape)
            : new(HostKind.Tensor, emit.NameOf(value), value.Type, value.Shape);
    }
}
