using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Attribution;

/// <summary>Costs that a run can be timed without, to learn what they come to.</summary>
[Flags]
public enum Costs : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Making descriptors in hardware.</summary>
    Generation = 1,

    /// <summary>Trigger to first packet, the write's latency and the semaphore of DMA.</summary>
    DmaLatency = 2,

    /// <summary>DMA engines being held and HBM delivering.</summary>
    DmaData = 4,

    /// <summary>Latency of instructions beyond their occupancy, and semaphores between engines.</summary>
    HandOver = 8,

    /// <summary>Warming up of the Tensor engine's array.</summary>
    WarmUp = 16,

    /// <summary>Occupancy of the Tensor engine; the engines after it in the order of <see cref="Engine"/>.</summary>
    TensorWork = 32,

    /// <summary>Occupancy of the Vector engine.</summary>
    VectorWork = 64,

    /// <summary>Occupancy of the Scalar engine.</summary>
    ScalarWork = 128,

    /// <summary>Occupancy of the GpSimd engine.</summary>
    GpSimdWork = 256,

    /// <summary>Occupancy of the Sync engine.</summary>
    SyncWork = 512,

    /// <summary>Loading of function tables.</summary>
    TableLoad = 1024,

    /// <summary>All of them: a program without them takes no time.</summary>
    All = 2047,
}

/// <summary>Costs of an engine.</summary>
public static class EngineCosts
{
    /// <summary>The work of an engine.</summary>
    public static Costs Work(this Engine engine) => (Costs)((int)Costs.TensorWork << (engine - Engine.Tensor));
}
