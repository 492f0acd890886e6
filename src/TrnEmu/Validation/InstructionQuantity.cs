namespace TrnEmu.Validation;

/// <summary>What was measured of an instruction.</summary>
public enum InstructionQuantity
{
    /// <summary>Start to completion.</summary>
    Latency,

    /// <summary>Start to start of the next one alike, at full rate.</summary>
    Interval,

    /// <summary>The same while the Tensor engine's array is cold.</summary>
    ColdInterval,

    /// <summary>What an activation takes longer when its table is not there.</summary>
    TableLoad,

    /// <summary>Completion to the start of an instruction on another engine that waited for it.</summary>
    Semaphore,
}
