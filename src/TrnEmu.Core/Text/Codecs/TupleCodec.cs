using System.Reflection;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>
/// A small record struct or tuple of values: <c>[1,512]</c>, in the order of its constructor. The types bound the
/// depth.
/// </summary>
internal sealed class TupleCodec : IValueCodec
{
    private readonly ConstructorInfo _constructor;
    private readonly Func<object, object?>[] _get;
    private readonly IValueCodec[] _items;

    /// <summary>The form of a value type whose constructor's parameters are its properties or fields.</summary>
    public TupleCodec(Type type)
    {
        _constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no text form: add a codec to {nameof(ValueCodecs)}");
        var parameters = _constructor.GetParameters();
        _items = [.. parameters.Select(p => ValueCodecs.Of(p.ParameterType))];
        _get = [.. parameters.Select(p => Getter(type, p.Name!))];
        Kind = $"[{string.Join(", ", parameters.Select(p => Isa.OperationInfo.SnakeCase(p.Name!)))}]";
    }

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public string? Example =>
        _items.All(i => i.Example is not null) ? $"[{string.Join(',', _items.Select(i => i.Example))}]" : null;

    /// <inheritdoc/>
    public void Write(object value, LineWriter line)
    {
        line.Append('[');
        for (var i = 0; i < _items.Length; i++)
        {
            if (i > 0) line.Append(',');
            _items[i].Write(_get[i](value)!, line);
        }

        line.Append(']');
    }

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        value = null;
        var items = new object?[_items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var separator = i == 0 ? '[' : ',';
            if (!line.Take(separator, $"`{separator}` of {Kind}") || !_items[i].TryRead(line, out items[i]))
                return false;
        }

        if (!line.Take(']', $"`]` of {Kind}")) return false;
        value = _constructor.Invoke(items);
        return true;
    }

    private static Func<object, object?> Getter(Type type, string name)
    {
        const BindingFlags Flags = BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase;
        if (type.GetProperty(name, Flags) is { } property) return property.GetValue;
        return type.GetField(name, Flags) is { } field
            ? field.GetValue
            : throw new InvalidOperationException($"{type} does not show its constructor's parameter {name}");
    }
}
