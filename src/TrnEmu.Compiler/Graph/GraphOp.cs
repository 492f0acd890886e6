using System.Reflection;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph;

/// <summary>An operation of graphs, as its attribute declares it.</summary>
/// <param name="Name">Name in the text form.</param>
/// <param name="Operands">Operands in order.</param>
/// <param name="Required">How many of them must be given.</param>
/// <param name="Attributes">Attributes with their defaults; an empty one must be given.</param>
/// <param name="Updates">The operand that is updated in place, or null.</param>
/// <param name="Body">Its meaning.</param>
public sealed record GraphOp(
    string Name, EquatableArray<string> Operands, int Required, EquatableArray<GraphAttribute> Attributes,
    string? Updates, IGraphOp Body)
{
    /// <summary>Every operation, by name.</summary>
    public static IReadOnlyDictionary<string, GraphOp> All { get; } = typeof(GraphOp).Assembly.GetTypes()
        .Select(t => (Type: t, Attribute: t.GetCustomAttribute<GraphOpAttribute>()))
        .Where(t => t.Attribute is not null)
        .ToDictionary(t => t.Attribute!.Name, t => Of(t.Attribute!, (IGraphOp)Activator.CreateInstance(t.Type)!));

    /// <summary>The names of all, for messages.</summary>
    public static string Names => string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    /// <summary>True when the last operand may be given any number of times, at least once.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>The operands as the attribute declares them, for messages.</summary>
    public string Parameters => IsVariadic
        ? string.Join(", ", Operands) + ", …" : string.Join(", ", Operands.Select((o, i) => i < Required ? o : o + "?"));

    /// <summary>True for a number of operands that the operation can take.</summary>
    public bool Takes(int operands) => operands >= Required && (IsVariadic || operands <= Operands.Count);

    /// <summary>Place of an operand.</summary>
    public int IndexOf(string operand) => Operands.Span.IndexOf(operand);

    private static GraphOp Of(GraphOpAttribute a, IGraphOp body) => new(
        a.Name,
        [.. a.Operands.Select(o => o.TrimEnd('?', '*'))],
        a.Operands.Count(o => !o.EndsWith('?')),
        [.. a.Attributes.Select(text => text.Split('=')).Select(parts => new GraphAttribute(parts[0], parts[1]))],
        a.Updates,
        body)
    {
        IsVariadic = a.Operands[^1].EndsWith('*'),
    };
}
