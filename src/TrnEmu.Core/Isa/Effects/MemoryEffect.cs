using System.Diagnostics.CodeAnalysis;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Effects;

/// <summary>One operand's touch on memory.</summary>
/// <param name="Pattern">Which elements.</param>
/// <param name="Kind">How.</param>
public record struct MemoryEffect(AccessPattern Pattern, AccessKind Kind)
{
    private AccessPattern _pattern = Pattern;

    /// <summary>Which elements.</summary>
    public AccessPattern Pattern
    {
        readonly get => _pattern;
        init => _pattern = value;
    }

    /// <summary>How.</summary>
    public AccessKind Kind { readonly get; private set; } = Kind;

    /// <summary>True when old bytes decide the result.</summary>
    public readonly bool Reads => Kind is AccessKind.Read or AccessKind.Accumulate;

    /// <summary>True when bytes change or may change.</summary>
    public readonly bool Writes => Kind != AccessKind.Read;

    /// <summary>The pattern where it lies: who looks at millions of them copies none.</summary>
    [UnscopedRef]
    internal readonly ref readonly AccessPattern Place => ref _pattern;

    /// <summary>Becomes another effect, in place.</summary>
    internal void Set(in AccessPattern pattern, AccessKind kind)
    {
        _pattern = pattern;
        Kind = kind;
    }
}

/// <summary>How memory is touched.</summary>
public enum AccessKind : byte
{
    /// <summary>Every byte is read.</summary>
    Read,

    /// <summary>Every byte is written.</summary>
    Write,

    /// <summary>Bytes may be written or keep their value.</summary>
    MayWrite,

    /// <summary>Read, add, write, in order within the engine: accumulation in PSUM.</summary>
    Accumulate,
}

/// <summary>Engine state that is not memory, as a named resource.</summary>
/// <param name="Kind">What kind of state.</param>
/// <param name="Number">Which one of that kind.</param>
public readonly record struct EngineState(EngineStateKind Kind, int Number)
{
    /// <summary>A 32-bit register.</summary>
    public static EngineState Register(int number) => new(EngineStateKind.Register, number);

    /// <summary>The Scalar engine's 128 accumulate registers, one a lane, as one resource.</summary>
    public static EngineState Accumulators => new(EngineStateKind.Accumulator, 0);

    /// <summary>The Vector engine's 128 accumulate registers, one a lane, as one resource.</summary>
    public static EngineState VectorAccumulators => new(EngineStateKind.VectorAccumulator, 0);

    /// <summary>The random generators of an engine (Vector or GpSimd), all 128 lanes as one resource.</summary>
    public static EngineState Random(Engine engine) => new(EngineStateKind.Random, (int)engine);
}

/// <summary>Kinds of engine state.</summary>
public enum EngineStateKind : byte
{
    /// <summary>32-bit registers.</summary>
    Register,

    /// <summary>Sums that activations leave in the Scalar engine.</summary>
    Accumulator,

    /// <summary>What reducing operations leave in the Vector engine.</summary>
    VectorAccumulator,

    /// <summary>States of random generators; the number is the engine's.</summary>
    Random,
}

/// <summary>A touch on engine state.</summary>
/// <param name="State">Which state.</param>
/// <param name="IsWrite">Written, or only read.</param>
public readonly record struct StateEffect(EngineState State, bool IsWrite);
