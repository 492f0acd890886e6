namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>What <see cref="Knowledge"/> keeps of a step: a <see cref="Step"/> in four words.</summary>
internal struct ProofStep
{
    /// <summary>Reached says that it has completed: a count of <see cref="Component"/>.</summary>
    public int Count;

    /// <summary>Its place, from 1, among the steps of its engine, which counts them by when they are issued.</summary>
    public int Issue;

    /// <summary>Number of the row that has what it knew when it started; 0 for none kept.</summary>
    public int Row;

    /// <summary>An engine, or a semaphore that DMAs signal.</summary>
    public short Component;

    /// <summary>Its engine.</summary>
    public byte Engine;

    /// <summary>Its engine if it completes in that engine's order; for a DMA <see cref="Knowledge.NoEngine"/>.</summary>
    public byte Order;
}
