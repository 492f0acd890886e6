namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>What an operand is for, as far as its pattern is concerned.</summary>
internal enum Use
{
    /// <summary>Read by an engine: elements may repeat.</summary>
    Read,

    /// <summary>Written by an engine: every element once.</summary>
    Write,

    /// <summary>Written by the Tensor engine: within a PSUM bank.</summary>
    Sum,

    /// <summary>Written by DMA: starts at any partition, every element once.</summary>
    Dma,

    /// <summary>Read by DMA: starts at any partition, elements may repeat.</summary>
    DmaRead,
}
