namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What moves the data of an exchange between cores. Source: nki.isa.dma_engine.</summary>
public enum DmaEngine : byte
{
    /// <summary>The DMA engines that all queues share; any engine can trigger it.</summary>
    Dma,

    /// <summary>GpSimd's own DMA, for small tiles from SBUF to SBUF; GpSimd triggers it.</summary>
    GpsimdDma,
}
