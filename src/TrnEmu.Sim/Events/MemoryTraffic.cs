using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>What shares that start at one time ask of the memory.</summary>
internal struct MemoryTraffic
{
    /// <summary>Bytes moved.</summary>
    public long Bytes;

    /// <summary>Those of them that are read from HBM, and that are written to it.</summary>
    public long Read, Written;

    /// <summary>Adds some equal shares.</summary>
    public void Add(in SharePrice share, int count)
    {
        Bytes += share.Bytes * count;
        Read += share.HbmRead * count;
        Written += share.HbmWritten * count;
    }
}
