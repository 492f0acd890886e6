namespace TrnEmu.Core.Isa.Operations.Dma;

/// <summary>What a DMA does with a dynamic index that leads outside its tensor. Source: nki.isa.oob_mode.</summary>
public enum OobMode : byte
{
    /// <summary>The run stops with a fault.</summary>
    Error,

    /// <summary>What the index selects is left out; the destination keeps its bytes there.</summary>
    Skip,
}
