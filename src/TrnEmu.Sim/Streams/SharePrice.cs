namespace TrnEmu.Sim.Streams;

/// <summary>What a DMA engine's share of a transfer costs. Times are picoseconds.</summary>
/// <param name="Occupancy">Time for which it holds the engine.</param>
/// <param name="Latency">From its start to its being written.</param>
/// <param name="Bytes">Bytes moved.</param>
/// <param name="HbmRead">Those of them that are read from HBM.</param>
/// <param name="HbmWritten">Those of them that are written to HBM.</param>
/// <param name="Engines">The engines whose shares of the transfer are like this one, a bit for each.</param>
internal readonly record struct SharePrice(
    long Occupancy, long Latency, long Bytes, long HbmRead, long HbmWritten, uint Engines);
