namespace TrnEmu.Core.Memory;

/// <summary>What is the same on every generation.</summary>
public static class Limits
{
    /// <summary>Partitions of SBUF and PSUM, rows and columns of the systolic array.</summary>
    public const int Partitions = 128;

    /// <summary>DMA engines of a core; each adds 1 to the semaphore when its share is written.</summary>
    public const int DmaEngines = 16;

    /// <summary>Partitions whose rows one DMA engine moves.</summary>
    public const int PartitionsPerDmaEngine = Partitions / DmaEngines;
}
