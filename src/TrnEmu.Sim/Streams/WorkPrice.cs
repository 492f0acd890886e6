namespace TrnEmu.Sim.Streams;

/// <summary>What an instruction costs, and what it keeps from others. Times are picoseconds.</summary>
/// <param name="Occupancy">Time for which it holds its engine.</param>
/// <param name="Latency">From its start to its completion.</param>
/// <param name="Streaming">Time by which one that streams its results may start before its completion is known.</param>
/// <param name="Claims">What it keeps from other engines of its core: see <see cref="Models.PortClaims"/>.</param>
/// <param name="Cells">Parts of the array that it uses; 0 for all.</param>
internal readonly record struct WorkPrice(long Occupancy, long Latency, long Streaming, ushort Claims, ushort Cells);
