namespace TrnEmu.Core.Memory;

/// <summary>Where a tensor lives.</summary>
public enum MemorySpace : byte
{
    /// <summary>Device memory, one linear address space a chip; row-major tensors.</summary>
    Hbm,

    /// <summary>State buffer of a core: 128 partitions, each a row of bytes.</summary>
    Sbuf,

    /// <summary>
    /// Partial-sum buffer of a core: 128 partitions of 8 banks of 2 KiB, where matmul results accumulate.
    /// </summary>
    Psum,
}

/// <summary>A set of memory spaces.</summary>
[Flags]
public enum MemorySpaces : byte
{
    /// <summary>No memory.</summary>
    None = 0,

    /// <summary>HBM.</summary>
    Hbm = 1 << MemorySpace.Hbm,

    /// <summary>SBUF.</summary>
    Sbuf = 1 << MemorySpace.Sbuf,

    /// <summary>PSUM.</summary>
    Psum = 1 << MemorySpace.Psum,

    /// <summary>The memories that engines reach: SBUF and PSUM.</summary>
    OnChip = Sbuf | Psum,

    /// <summary>The memories that DMA reaches: HBM and SBUF.</summary>
    Dma = Hbm | Sbuf,
}

/// <summary>Names and membership of memory spaces.</summary>
public static class MemorySpaceExtensions
{
    private static readonly string[] Names = ["hbm", "sbuf", "psum"];

    /// <summary>The name in text forms: hbm, sbuf, psum.</summary>
    public static string Name(this MemorySpace space) => Names[(int)space];

    /// <summary>The name in messages: HBM, SBUF, PSUM.</summary>
    public static string Title(this MemorySpace space) => space.Name().ToUpperInvariant();

    /// <summary>True when the set has the space.</summary>
    public static bool Has(this MemorySpaces set, MemorySpace space) => ((int)set >> (int)space & 1) != 0;

    /// <summary>The members of the set as words: "SBUF or PSUM".</summary>
    public static string Title(this MemorySpaces set) => string.Join(
        " or ", Enum.GetValues<MemorySpace>().Where(s => set.Has(s)).Select(s => s.Title()));
}
