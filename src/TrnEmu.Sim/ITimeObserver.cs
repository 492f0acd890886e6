using TrnEmu.Core.Isa;

namespace TrnEmu.Sim;

/// <summary>Told what happens when; changes nothing. Times are picoseconds.</summary>
public interface ITimeObserver
{
    /// <summary>An engine instruction holds its engine from start to free; its effect is there at end.</summary>
    /// <remarks>In order of start for each engine; engines are told about independently of each other.</remarks>
    void OnInstruction(int core, Engine engine, int entry, int instruction, long start, long free, long end);

    /// <summary>
    /// An engine waited for a semaphore; <paramref name="cause"/> is the engine that signalled, None for DMA.
    /// </summary>
    void OnStall(int core, Engine engine, int entry, Engine cause, long start, long end);

    /// <summary>A DMA engine moves its share of a transfer: held from start to free; written at end.</summary>
    void OnShare(int core, int dmaEngine, int queue, int entry, long bytes, long start, long free, long end);
}
