using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Codecs;

/// <summary>The text form of one type of parameter. Stateless; found by type in <see cref="ValueCodecs"/>.</summary>
internal interface IValueCodec
{
    /// <summary>What a user writes there, as the end of "expected …" and as the kind in <c>trnemu isa</c>.</summary>
    string Kind { get; }

    /// <summary>A value as it could stand in a text; null when there is none without context.</summary>
    string? Example { get; }

    /// <summary>Appends the value; never null.</summary>
    void Write(object value, LineWriter line);

    /// <summary>Reads a value; false when an error was reported.</summary>
    bool TryRead(LineReader line, out object? value);

    /// <summary>True when the two are the same in every bit that the text form shows.</summary>
    bool Same(object? left, object? right) => Equals(left, right);
}
