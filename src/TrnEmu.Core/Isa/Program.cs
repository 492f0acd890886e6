using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>
/// Operations in program order for each core, over tensors. The same type from the first trace to what the machine
/// runs: passes fill in engines, addresses, DMA queues, waits and signals. Immutable; compared by value.
/// </summary>
public sealed record Program : IProgram
{
    /// <summary>No tensors, one core without operations.</summary>
    public static Program Empty { get; } = new();

    /// <summary>Name of the chip it is made for.</summary>
    public string Chip { get; init; } = "trn2";

    /// <summary>All tensors; a tensor's id is its index.</summary>
    public EquatableArray<Tensor> Tensors { get; init; }

    /// <summary>The cores; function runs one until it waits, then the next, in this order.</summary>
    public EquatableArray<CoreProgram> Cores { get; init; } = [new CoreProgram()];

    int IProgram.TensorCount => Tensors.Count;

    int IProgram.CoreCount => Cores.Count;

    Tensor IProgram.TensorAt(int id) => Tensors[id];

    ReadOnlySpan<Entry> IProgram.EntriesOf(int core) => Cores[core].Entries.Span;

    /// <summary>The tensor that a pattern addresses.</summary>
    public Tensor TensorOf(in AccessPattern pattern) => Tensors[pattern.Tensor];

    /// <summary>The memory that a pattern addresses.</summary>
    public MemorySpace SpaceOf(in AccessPattern pattern) => Tensors[pattern.Tensor].Space;
}

/// <summary>What one core executes, in program order.</summary>
public sealed record CoreProgram
{
    /// <summary>Operations with their placement.</summary>
    public EquatableArray<Entry> Entries { get; init; }
}

/// <summary>An operation and its placement.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Engine">Engine whose stream holds it (for DMA: that triggers it); None until chosen.</param>
/// <param name="Queue">DMA queue, or -1 when it is no DMA or not chosen yet.</param>
/// <param name="Waits">All must hold before it starts.</param>
/// <param name="Signals">Happen when it completes.</param>
public readonly record struct Entry(
    Operation Operation, Engine Engine = Engine.None, int Queue = -1, EquatableArray<Wait> Waits = default,
    EquatableArray<Signal> Signals = default);

/// <summary>
/// A semaphore: a counter of one core that engines and DMA engines add to. Every core sees every semaphore.
/// </summary>
/// <param name="Core">Owner.</param>
/// <param name="Number">From 0 in each core.</param>
public readonly record struct Semaphore(int Core, int Number);

/// <summary>Holds once the semaphore has reached the value.</summary>
/// <param name="Semaphore">Which.</param>
/// <param name="Value">At least this.</param>
public readonly record struct Wait(Semaphore Semaphore, int Value);

/// <summary>
/// Adds to a semaphore on completion. A DMA's sixteen engines add 1 each when their share is written, so its amount is
/// 16.
/// </summary>
/// <param name="Semaphore">Which.</param>
/// <param name="Amount">By how much in all.</param>
public readonly record struct Signal(Semaphore Semaphore, int Amount);
