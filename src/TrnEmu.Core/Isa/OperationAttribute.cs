using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Makes a record an operation of the instruction set. Its primary constructor's parameters are the operands and
/// parameters of the <c>nki.isa</c> call: the same names in PascalCase, the same order and defaults.
/// </summary>
/// <param name="name">The name in <c>nki.isa</c>, also the mnemonic of the text form.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OperationAttribute(string name) : Attribute
{
    /// <summary>The name in <c>nki.isa</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Engines that can execute it; for DMA, engines that can trigger it.</summary>
    public Engines Engines { get; init; }

    /// <summary>
    /// The engine that executes it when none is named, where each engine gives another result; None where the choice is
    /// free.
    /// </summary>
    public Engine DefaultEngine { get; init; }

    /// <summary>True when DMA engines do the work and the engine only triggers it.</summary>
    public bool IsDma { get; init; }

    /// <summary>First generation that has it: 2 (trn1, inf2), 3 (trn2), 4 (trn3).</summary>
    public int MinGeneration { get; init; } = 2;

    /// <summary>What it computes, as a formula over its operands' names.</summary>
    public required string Summary { get; init; }

    /// <summary>Declarations and a call in text form that a program could have as they stand.</summary>
    public string Example { get; init; } = "";
}

/// <summary>How an operation touches a memory operand, and what it accepts there.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class OperandAttribute : Attribute
{
    /// <summary>Memories where the operand may lie.</summary>
    public MemorySpaces Spaces { get; init; } = MemorySpaces.OnChip;

    /// <summary>
    /// Accepted dtypes as text-form names separated by spaces, or the sets "any", "float", "integer", "packed", "all".
    /// </summary>
    public string DTypes { get; init; } = "any";

    /// <summary>True when, from generation 4 on, each free element may have an index of its own.</summary>
    public bool Indirect { get; init; }

    /// <summary>True when the operation itself says at which partitions the operand can start.</summary>
    public bool AnyStart { get; init; }
}

/// <summary>The operation reads all elements of the operand.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReadsAttribute : OperandAttribute;

/// <summary>The operation writes all elements of the operand.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WritesAttribute : OperandAttribute;
