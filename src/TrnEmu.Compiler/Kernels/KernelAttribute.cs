namespace TrnEmu.Compiler.Kernels;

/// <summary>
/// Makes a class that implements <see cref="IKernel"/> a kernel that is listed, tested and run by name.
/// </summary>
/// <param name="name">The name on the command line: lower case with underscores.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KernelAttribute(string name) : Attribute
{
    /// <summary>The name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>What it computes, as a formula over its tensors' names.</summary>
    public required string Summary { get; init; }

    /// <summary>First generation whose instruction set has what it uses.</summary>
    public int MinGeneration { get; init; } = 2;
}
