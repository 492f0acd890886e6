using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>One parameter of an operation's header.</summary>
/// <param name="Name">Name in text forms and in <c>nki.isa</c>: lower case with underscores.</param>
/// <param name="Property">Name in the record.</param>
/// <param name="Type">C# type, without Nullable.</param>
/// <param name="IsOptional">Has a default value.</param>
/// <param name="Default">The default; null stands for the type's own default.</param>
/// <param name="Role">Read, written, or no memory operand.</param>
/// <param name="Spaces">Accepted memories of a memory operand.</param>
/// <param name="DTypes">Accepted dtypes of a memory operand.</param>
/// <param name="Indirect">Each free element of a memory operand may have an index of its own.</param>
/// <param name="Get">Reads the parameter from an operation.</param>
public sealed record OperandInfo(
    string Name, string Property, Type Type, bool IsOptional, object? Default, OperandRole Role, MemorySpaces Spaces,
    IReadOnlyList<DType> DTypes, bool Indirect, Func<Operation, object?> Get)
{
    /// <summary>True for a list of memory operands, each of which is accepted as one alone would be.</summary>
    public bool IsList => Role != OperandRole.Parameter && Type == typeof(EquatableArray<AccessPattern>);

    /// <summary>The operation itself says at which partitions a memory operand can start.</summary>
    public bool AnyStart { get; init; }
}

/// <summary>What a parameter is to memory.</summary>
public enum OperandRole : byte
{
    /// <summary>A value, not memory.</summary>
    Parameter,

    /// <summary>Memory that is read.</summary>
    Read,

    /// <summary>Memory that is written.</summary>
    Write,
}
