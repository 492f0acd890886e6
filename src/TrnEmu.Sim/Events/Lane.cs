namespace TrnEmu.Sim.Events;

/// <summary>Where an engine of a core stands.</summary>
internal struct Lane
{
    /// <summary>The instruction that starts next, and the end of the lane's instructions.</summary>
    public int Next, End;

    /// <summary>The first wait that is not known to hold yet.</summary>
    public int Wait;

    /// <summary>The next signal to happen, and the end of those whose time is known.</summary>
    public int SignalHead, SignalTail;

    /// <summary>
    /// When the next instruction can be dispatched; before <see cref="Frontier"/> only on the Tensor engine.
    /// </summary>
    public long Dispatch;

    /// <summary>When the last of the waits so far was over, be it that the engine was busy until later.</summary>
    public long Woken;

    /// <summary>Up to when the engine's time is accounted for as busy or stalled.</summary>
    public long Frontier;

    /// <summary>When the last instruction completes; completion is in order.</summary>
    public long Completed;

    /// <summary>Busy time so far.</summary>
    public long Busy;

    /// <summary>Warmth of the array.</summary>
    public ArrayHeat Heat;
}
