namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>Who writes the descriptors of a DMA. Source: nki.isa.dge_mode.</summary>
public enum DgeMode : byte
{
    /// <summary>Left to the compiler.</summary>
    Unknown,

    /// <summary>Software: GpSimd writes descriptors while running. The only mode that gathers or scatters.</summary>
    Swdge,

    /// <summary>Hardware: a descriptor generator, from generation 3, triggered by Sync or Scalar.</summary>
    Hwdge,

    /// <summary>The host writes descriptors before the run; every address is static.</summary>
    None,
}
