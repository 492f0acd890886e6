namespace TrnEmu.Compiler.Lowering;

/// <summary>Names the operation of graphs that a class which implements <see cref="ILowering"/> lowers.</summary>
/// <param name="op">Name of the operation.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LoweringAttribute(string op) : Attribute
{
    /// <summary>Name of the operation.</summary>
    public string Op { get; } = op;
}
