using TrnEmu.Core.Memory;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary><c>[a,b,…]</c>, items in their own form.</summary>
internal sealed class ListCodec<T> : IValueCodec
    where T : IEquatable<T>
{
    private readonly IValueCodec _item = ValueCodecs.Of(typeof(T));

    /// <inheritdoc/>
    public string Kind => $"a list [{_item.Kind}, …]";

    /// <inheritdoc/>
    public string? Example => _item.Example is { } item ? $"[{item}]" : null;

    /// <inheritdoc/>
    public void Write(object value, LineWriter line)
    {
        line.Append('[');
        var isFirst = true;
        foreach (var item in (EquatableArray<T>)value)
        {
            if (!isFirst) line.Append(',');
            isFirst = false;
            _item.Write(item, line);
        }

        line.Append(']');
    }

    /// <inheritdoc/>
    public bool TryRead(LineReader line, out object? value)
    {
        value = null;
        if (!line.Take('[', $"`[` of {Kind}")) return false;
        var items = new List<T>();
        while (!line.TryTake(']'))
        {
            if (items.Count > 0 && !line.Take(',', "`,` or `]`")) return false;
            if (items.Count == TextLimits.Items)
                return line.Limit($"list has more than {TextLimits.Items} items", line.Column);
            if (!_item.TryRead(line, out var item)) return false;
            items.Add((T)item!);
        }

        value = EquatableArray.Create<T>(items.ToArray());
        return true;
    }
}
