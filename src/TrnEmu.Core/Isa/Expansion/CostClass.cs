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

    /// <summary>Vector: a scan, each result waits for the one before (tensor_tensor_scan).</summary>
    Scan,

    /// <summary>Vector: bn_stats; items are input elements.</summary>
    BatchStatistics,

    /// <summary>Vector: bn_aggr; items are input elements, three for each set of statistics.</summary>
    BatchAggregate,

    /// <summary>Vector: choose between two values for each item (range_select, select_reduce).</summary>
    Select,

    /// <summary>Vector: move rows between the 32 partitions of a quadrant.</summary>
    Shuffle,

    /// <summary>Vector: the eight largest of each partition; items are input elements.</summary>
    Max8,

    /// <summary>Vector: places of eight values; items are input elements.</summary>
    FindIndex8,

    /// <summary>Vector: replace eight values; items are input elements.</summary>
    MatchReplace8,

    /// <summary>Vector, from generation 4: exp(x - max).</summary>
    Exponential,

    /// <summary>Vector, from generation 4: quantise to MX; items are input elements.</summary>
    QuantizeMx,

    /// <summary>Vector or GpSimd: random numbers; items are output elements.</summary>
    Random,

    /// <summary>GpSimd: gather over 16 partitions; items are gathered elements.</summary>
    LocalGather,

    /// <summary>GpSimd: gather within a partition; items are gathered elements.</summary>
    Gather,

    /// <summary>GpSimd: reduce over partitions; items are elements of each partition.</summary>
    PartitionReduce,

    /// <summary>GpSimd: items are cycles, 4 n + K.</summary>
    TopK,

    /// <summary>GpSimd: places of nonzero elements; items are input elements.</summary>
    Nonzero,

    /// <summary>GpSimd: bounds of segments; items are input elements.</summary>
    SequenceBounds,

    /// <summary>Any engine: read or write a register.</summary>
    Register,

    /// <summary>Any engine: go on with another instruction than the next.</summary>
    Branch,

    /// <summary>Any engine: ring the doorbell of a DMA queue.</summary>
    DmaTrigger,
}
