using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>What operations between cores demand.</summary>
public static class CoreRules
{
    /// <summary>Cores of a logical core that can meet.</summary>
    public const int Cores = 2;

    /// <summary>A rank that is no core of the logical core, or not the other one.</summary>
    public static readonly DiagnosticCode Ranks = new(
        "TRN2461", "ranks of cores", "A logical core has the two NeuronCores 0 and 1, which exchange with each other.",
        "Name the other core, and [0,1] for a barrier.");

    /// <summary>More bytes than GpSimd's own DMA moves.</summary>
    public static readonly DiagnosticCode SwapSize = new(
        "TRN2462", "size of a GpSimd swap", "GpSimd's internal DMA moves up to 1024 bytes of 32-bit elements in each partition, 512 of 16-bit and "
        + "256 of 8-bit ones.",
        "Split the tile, or use dma_engine dma.");

    /// <summary>The program has exactly the two cores that can meet.</summary>
    internal static void TwoCores(Verifier v)
    {
        if (v.Program.CoreCount != Cores)
            v.Error(Meetings.Unmatched, FormattableString.Invariant($"needs {Cores} cores, the program has {v.Program.CoreCount}"));
    }

    /// <summary>The rank is the core that is not this one.</summary>
    internal static void OtherRank(Verifier v, string name, int rank)
    {
        if (rank is < 0 or >= Cores) v.Error(Ranks, FormattableString.Invariant($"{name} is {rank}, must be 0 or 1"));
        else if (rank == v.Core) v.Error(Ranks, FormattableString.Invariant($"{name} is {rank}, which is this core"));
    }
}
