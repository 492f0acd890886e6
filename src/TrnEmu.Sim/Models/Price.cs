namespace TrnEmu.Sim.Models;

/// <summary>What a piece of work costs, in picoseconds.</summary>
/// <param name="Occupancy">From its start until its unit can start the next.</param>
/// <param name="Latency">From its start until its effect is there.</param>
/// <param name="Basis"><paramref name="Latency"/> split by how the numbers behind it are known.</param>
public readonly record struct Price(long Occupancy, long Latency, BasisTime Basis = default);
