namespace TrnEmu.Compiler.Graph;

/// <summary>Declares a class that implements <see cref="IGraphOp"/> as an operation of graphs.</summary>
/// <param name="name">Name in the text form: lower case with underscores.</param>
/// <param name="operands">
/// Operands in order; those that may be left out end in '?' and come last. A last one that ends in '*' may be given any
/// number of times, at least once.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GraphOpAttribute(string name, params string[] operands) : Attribute
{
    /// <summary>Name in the text form.</summary>
    public string Name { get; } = name;

    /// <summary>Operands in order.</summary>
    public string[] Operands { get; } = operands;

    /// <summary>Attributes as <c>name=default</c>; <c>name=</c> must be given.</summary>
    public string[] Attributes { get; init; } = [];

    /// <summary>The operand that is a cache and is updated in place, or null.</summary>
    public string? Updates { get; init; }
}
