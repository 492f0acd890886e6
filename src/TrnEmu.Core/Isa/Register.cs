namespace TrnEmu.Core.Isa;

/// <summary>A 32-bit register of a core, named by number; made by <c>register_alloc</c>.</summary>
/// <param name="Number">From 0.</param>
public readonly record struct Register(int Number)
{
    /// <summary><c>r3</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"r{Number}");
}
