using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>Why an operation of the Tensor engine is refused (TRN21xx) or faults (TRN31xx).</summary>
public static class TensorCodes
{
    /// <summary>The operands have different contraction lengths.</summary>
    public static readonly DiagnosticCode Contraction = new(
        "TRN2101", "contraction sizes differ",
        "Row k of the moving matrix meets row k of the stationary one: both lie on the same number of partitions (K).",
        "Slice both operands to the same partitions.");

    /// <summary>More stationary columns than the array has.</summary>
    public static readonly DiagnosticCode StationarySize = new(
        "TRN2102", "stationary free size",
        "The systolic array holds 128 columns, one for each partition of the result.",
        "Split the stationary matrix into tiles of at most 128 columns.");

    /// <summary>More moving columns than PSUM takes at once.</summary>
    public static readonly DiagnosticCode MovingSize = new(
        "TRN2103", "moving free size",
        "Each moving column makes one PSUM element per partition; generations 2 and 3 write one bank, 4 all banks.",
        "Split the moving matrix along its free dimension.");

    /// <summary>The destination is not M x N, or not the mirrored shape.</summary>
    public static readonly DiagnosticCode ResultShape = new(
        "TRN2104", "shape of the result",
        "dst[M, N] has a partition for each stationary column and an element for each moving column; a transpose swaps "
        + "partitions and free elements.",
        "Give the destination this shape, or slice it.");

    /// <summary>fp32 multiplied with a narrower type.</summary>
    public static readonly DiagnosticCode MixedDTypes = new(
        "TRN2105", "dtypes that do not meet",
        "The array takes fp32 and tf32 by 32 bits on both sides, fp32 in several passes; and it decodes 8-bit floats "
        + "with 4 exponent bits in one way at a time.",
        "Convert one operand with tensor_copy.");

    /// <summary>The destination has a dtype that the array does not write.</summary>
    public static readonly DiagnosticCode ResultDType = new(
        "TRN2106", "dtype of the result",
        "The array adds in fp32; generation 4 can also write bf16. Transposes keep the dtype of their data.",
        "Declare the PSUM tensor with an accepted dtype; tensor_copy converts it on the way to SBUF.");

    /// <summary>The destination leaves its PSUM bank.</summary>
    public static readonly DiagnosticCode Bank = new(
        "TRN2107", "more than one PSUM bank",
        "Before generation 4 a matmul writes into one bank of 2 KiB in each partition.",
        "Start the destination at a bank, or split it where the bank ends.");

    /// <summary>Transpose mode with operands that it cannot pass through.</summary>
    public static readonly DiagnosticCode TransposeMode = new(
        "TRN2108", "transpose mode",
        "From generation 3 transpose mode passes the bits of the stationary matrix through: the moving matrix is the "
        + "K x K identity and nothing is added.",
        "Use nc_transpose, or leave is_transpose out for a product.");

    /// <summary>Runs of a mixed accumulation that do not describe the destination.</summary>
    public static readonly DiagnosticCode MixedRuns = new(
        "TRN2109", "accumulation runs", "The lengths of alternating runs cover each element of the destination once.",
        "Leave accumulate automatic, or make the lengths sum up to the destination's elements.");

    /// <summary>Addition to an element that holds no sum.</summary>
    public static readonly DiagnosticCode NothingToAddTo = new(
        "TRN2110", "accumulation without a first matmul",
        "Before generation 4 PSUM adds only to what a matmul has left there; anything else gives an undefined sum.",
        "Let the first matmul of the group overwrite: accumulate=False, or leave accumulate out.");

    /// <summary>More rows or columns than the engine transposes at once.</summary>
    public static readonly DiagnosticCode TransposeSize = new(
        "TRN2111", "transpose size",
        "The Tensor engine transposes up to 128 x 128 elements, the Vector engine up to 32 x 32.",
        "Split the transpose into blocks, or use the other engine.");

    /// <summary>A transpose onto its own data.</summary>
    public static readonly DiagnosticCode InPlace = new(
        "TRN2112", "transpose in place", "The result would overwrite elements that have not been read yet.",
        "Write to another tensor.");

    /// <summary>Transpose mode met a moving matrix that is no identity.</summary>
    public static readonly DiagnosticCode NotIdentity = new(
        "TRN3003", "transpose mode without an identity",
        "Transpose mode routes the stationary bits by the moving matrix; only the identity has a defined result.",
        "Fill the moving operand with the K x K identity, or use nc_transpose, which brings its own.");

    /// <summary>Accumulation was left to a front end that did not decide.</summary>
    public static readonly DiagnosticCode Undecided = new(
        "TRN2113", "accumulation not decided",
        "The automatic rule depends on what was recorded before, so only a front end that records a kernel can resolve "
        + "it, and not where an index chooses the elements; a program says true or false.",
        "Write accumulate=false where a sum starts and accumulate=true where it goes on.");

    /// <summary>A tile that the array cannot be cut into.</summary>
    public static readonly DiagnosticCode Tile = new(
        "TRN2114", "tile of the array",
        "The array is cut into halves, from generation 3 also into quarters, of its rows and of its columns; the "
        + "stationary matrix of a product fits into one tile.",
        "Give tile_position in multiples of tile_size, and both or none; split the operands to the size of the tile.");

    /// <summary>Operands on partitions that do not reach the tile.</summary>
    public static readonly DiagnosticCode TilePartitions = new(
        "TRN2115", "partitions of a tile",
        "SBUF partition r feeds row r of the array, and column c ends in PSUM partition c.",
        "Place the operands on the partitions of the tile's rows, the result on those of its columns.");

    /// <summary>double_row where it cannot be.</summary>
    public static readonly DiagnosticCode DoubleRow = new(
        "TRN2116", "double_row",
        "A cell of the array multiplies two pairs of fp8 elements at once, of the first and the second half of each row; "
        + "it has no room for that in transpose mode or with column tiles.",
        "Leave perf_mode out, or give fp8 operands of shapes [K, 2, M] and [K, 2, N].");

    /// <summary>8-bit elements that land as 16 bits, side by side.</summary>
    public static readonly DiagnosticCode WideElements = new(
        "TRN2117", "8-bit elements of a transpose",
        "From generation 3 the Tensor engine writes each 8-bit element that it transposes as 16 bits, the upper 8 "
        + "zero.",
        "Make dst twice as wide and take every second element of it.");

    /// <summary>Scales that do not match their elements.</summary>
    public static readonly DiagnosticCode ScaleShape = new(
        "TRN2118", "shape of scales",
        "Eight partitions share a row of scales, and each 32 partitions of elements find theirs in rows 0 to 3 of the "
        + "same 32 partitions.",
        "Give the scales the partitions of the elements, with one element for each packed one.");

    /// <summary>Scales that begin elsewhere than their elements.</summary>
    public static readonly DiagnosticCode ScaleStart = new(
        "TRN2119", "place of scales",
        "Scales reach the array from the quadrant of their elements, from one of its first four groups of four "
        + "partitions.",
        "Start the scales where the elements start, or 4, 8 or 12 partitions later.");

    /// <summary>Packed elements in a part of a quadrant.</summary>
    public static readonly DiagnosticCode Quadrants = new(
        "TRN2120", "partitions of packed elements",
        "Packed elements and their scales come by quadrants of 32 partitions.",
        "Pad to 32, 64, 96 or 128 partitions with zeros.");
}
