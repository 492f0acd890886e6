namespace TrnEmu.Core.Chips;

/// <summary>
/// What a core's engines cannot use at the same time. Who asks first has it; 1 when the chip has the restriction, 0
/// when it does not.
/// </summary>
public sealed record SharedResources
{
    /// <summary>
    /// 0 makes an ideal machine of the chip, in which nobody waits for what another uses: each DMA queue has DMA
    /// engines and a descriptor generator of its own, HBM has no limit, and engines share no port. For what-if runs.
    /// </summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity Arbitration { get; init; }

    /// <summary>Vector and GpSimd take turns at SBUF.</summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity VectorGpsimdSbuf { get; init; }

    /// <summary>Vector and Scalar take turns at PSUM.</summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity VectorScalarPsum { get; init; }

    /// <summary>Vector and Scalar take turns at a bank of PSUM.</summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity VectorScalarBank { get; init; }

    /// <summary>
    /// Vector in a mode of 2 or 4 elements a cycle takes turns with GpSimd at the bus that they share.
    /// </summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity VectorFastGpsimd { get; init; }
}
