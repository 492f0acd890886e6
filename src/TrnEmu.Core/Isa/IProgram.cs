using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Tensors and the operations over them, as far as verification and execution look at them: a <see cref="Program"/>, or
/// a <see cref="ProgramRecording"/> that still grows.
/// </summary>
public interface IProgram
{
    /// <summary>Number of tensors; their ids count from 0.</summary>
    int TensorCount { get; }

    /// <summary>Number of cores.</summary>
    int CoreCount { get; }

    /// <summary>The tensor of an id.</summary>
    Tensor TensorAt(int id);

    /// <summary>The operations of a core, in program order.</summary>
    ReadOnlySpan<Entry> EntriesOf(int core);
}

/// <summary>What a pattern addresses.</summary>
public static class ProgramExtensions
{
    /// <summary>The tensor that a pattern addresses.</summary>
    public static Tensor TensorOf(this IProgram program, in AccessPattern pattern) => program.TensorAt(pattern.Tensor);

    /// <summary>The memory that a pattern addresses.</summary>
    public static MemorySpace SpaceOf(this IProgram program, in AccessPattern pattern) => program.TensorAt(pattern.Tensor).Space;
}
