namespace TrnEmu.Sim.Attribution;

/// <summary>What the time of a stretch of the critical path is spent on.</summary>
public enum PathKind : byte
{
    /// <summary>An instruction holds its engine.</summary>
    Work,

    /// <summary>It holds it for longer than its price: the Tensor engine's array is cold.</summary>
    Slowed,

    /// <summary>The Scalar engine loads the table of another function.</summary>
    TableLoad,

    /// <summary>A stationary matrix is loaded with nothing on the array to hide behind.</summary>
    StationaryLoad,

    /// <summary>The engine is free again, the instruction's effect is not there yet.</summary>
    Latency,

    /// <summary>A semaphore travels from one engine to another.</summary>
    Semaphore,

    /// <summary>A generator makes the descriptors of a transfer, after those of the transfers before it.</summary>
    Generation,

    /// <summary>From the trigger, or from its descriptors being made, to a transfer's first packet.</summary>
    TriggerToPacket,

    /// <summary>A DMA engine moves data.</summary>
    Transfer,

    /// <summary>A DMA engine is held for longer, since HBM, or a memory port, delivers no faster.</summary>
    Bandwidth,

    /// <summary>The DMA engine is free again, the data is not written yet.</summary>
    WriteLatency,

    /// <summary>A transfer's semaphore travels to the engine that waits for it.</summary>
    DmaSemaphore,

    /// <summary>A start that no rule explains; never, unless the time pass has a rule that attribution lacks.</summary>
    Unexplained,
}

/// <summary>Names of the kinds.</summary>
public static class PathKinds
{
    private static readonly string[] Names =
    [
        "work", "slowed", "table_load", "stationary_load", "latency", "semaphore", "descriptor_generation",
        "trigger_to_packet",
        "transfer", "bandwidth", "write_latency", "dma_semaphore", "unexplained",
    ];

    /// <summary>The name in JSON.</summary>
    public static string Name(this PathKind kind) => Names[(int)kind];

    /// <summary>True when the time passes between a trigger and the engine that waits for the data.</summary>
    public static bool IsDma(this PathKind kind) => kind is >= PathKind.Generation and <= PathKind.DmaSemaphore;
}
