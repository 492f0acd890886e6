namespace TrnEmu.Core.Isa.Expansion;

/// <summary>What passes may ask about time; the simulator answers.</summary>
public interface IOperationCosts
{
    /// <summary>What an entry that is placed on an engine costs when nothing is in its way.</summary>
    OperationCost Of(Program program, in Entry entry);

    /// <summary>
    /// Picoseconds from the first operation of a compiled program to the end of the last, for comparing it with another
    /// order of the same operations: loops have a few iterations, whatever their bounds.
    /// </summary>
    long Elapsed(Program program);
}

/// <summary>What an operation costs, in picoseconds.</summary>
/// <param name="Occupancy">From its start until its engine can start the next operation.</param>
/// <param name="Latency">From its start until an operation of another engine that waits for it can start.</param>
/// <param name="Transfer">How long a DMA holds the DMA engines; 0 for others.</param>
/// <param name="Table">Activation table set that it needs; 0 for none.</param>
/// <param name="TableLoad">What loading that table set adds.</param>
public readonly record struct OperationCost(
    long Occupancy, long Latency, long Transfer = 0, byte Table = 0, long TableLoad = 0);
