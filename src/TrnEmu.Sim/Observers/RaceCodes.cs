using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Sim.Observers;

/// <summary>What the observers of memory find.</summary>
public static class RaceCodes
{
    /// <summary>Two conflicting accesses that no semaphore orders.</summary>
    public static readonly DiagnosticCode Race = new(
        "TRN3101",
        "race",
        "Two operations touch the same bytes (or register), at least one writes, and nothing "
        + "makes the first complete before the second starts; the result would depend on timing.",
        "Let the first signal a semaphore and the second wait for it, or leave waits and signals to the compiler.");

    /// <summary>A semaphore whose value does not tell which signals have happened.</summary>
    public static readonly DiagnosticCode UnsoundSemaphore = new(
        "TRN3102",
        "semaphore reused too early",
        "Somebody relies on this semaphore's value while another operation, not ordered after those counted so far, "
        + "adds to it: parts of the new one could satisfy the wait. "
        + "The sixteen engines of a DMA add 1 each as they finish.",
        "Use another semaphore, or start the operation after the earlier ones on this semaphore were waited for.");

    /// <summary>A read of bytes that nothing wrote.</summary>
    public static readonly DiagnosticCode Uninitialised = new(
        "TRN3110",
        "uninitialised read",
        "The bytes hold whatever was there before; the chip does not clear memory.",
        "Write the elements first (memset, dma_copy), or read only what was written.");

    /// <summary>A read through one tensor of bytes that another tensor at the same address overwrote.</summary>
    public static readonly DiagnosticCode Clobbered = new(
        "TRN3111",
        "clobbered read",
        "Two tensors share bytes by their explicit addresses; what this one had written was "
        + "overwritten through the other.",
        "Give the tensors addresses that do not overlap, or read before the other is written.");
}
