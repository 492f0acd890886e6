namespace TrnEmu.Sim.Models;

/// <summary>What a piece of work costs, in picoseconds.</summary>
/// <param name="Occupancy">From its start until its unit can start the next.</param>
/// <param name="Latency">From its start until its effect is there.</param>
/// <param name="Basis"><paramref name="Latency"/> split by how the numbers behind it are known.</param>
/// <param name="Stream">
/// Of element-wise work, the part of both in which elements go in and come out one after the other: the next
/// instruction of the same engine need not wait for the last element before it takes the first. 0 for other work.
/// </param>
public readonly record struct Price(long Occupancy, long Latency, BasisTime Basis = default, long Stream = 0);
