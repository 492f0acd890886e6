namespace TrnEmu.Core.Isa.Expansion;

/// <summary>
/// What an engine instruction does, as far as its price goes. An operation names classes; a chip file prices them. The
/// name in lower case with underscores is the mnemonic that <c>trnemu fmt --expand</c> shows.
/// </summary>
public enum CostClass : byte
{
    /// <summary>Tensor: load up to 128x128 stationary values; items = stationary columns.</summary>
    LoadStationary,

    /// <summary>Tensor: stream moving rows through the array; items = moving columns.</summary>
    MultiplyMoving,

    /// <summary>Tensor: stream moving rows through the array in transpose mode; items = moving columns.</summary>
    TransposeMoving,

    /// <summary>
    /// Vector, Scalar or GpSimd: one result per item from one tensor operand (copy, scalar arithmetic, memset).
    /// </summary>
    Elementwise,

    /// <summary>Vector or GpSimd: one result per item from two tensor operands.</summary>
    ElementwiseTwo,

    /// <summary>Vector or GpSimd: items are input elements, reduced along the free dimension.</summary>
    Reduce,

    /// <summary>Vector: iterative reciprocal.</summary>
    Reciprocal,

    /// <summary>Vector: predicated copy.</summary>
    CopyPredicated,

    /// <summary>Vector: 32x32 block transpose.</summary>
    TransposeBlocks,

    /// <summary>Scalar: activation without a function table (copy, relu, square, …).</summary>
    Activate,

    /// <summary>Scalar: activation through a table (exp, gelu, …).</summary>
    ActivateTable,

    /// <summary>Scalar: read and clear the accumulate registers.</summary>
    ReadAccumulator,

    /// <summary>GpSimd: generate or test an affine index (iota, affine_select).</summary>
    Affine,

    /// <summary>Any engine: read or write a register.</summary>
    Register,

    /// <summary>Any engine: ring the doorbell of a DMA queue.</summary>
    DmaTrigger,
}
