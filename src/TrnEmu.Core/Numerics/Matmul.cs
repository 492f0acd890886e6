namespace TrnEmu.Core.Numerics;

/// <summary>
/// The systolic array's product: psum[M, N] = or += stationary[terms, M]ᵀ × moving[terms, N]. For every output
/// <c>s = 0; for r ascending: s = fma(stationary[r, m], moving[r, n], s)</c> in fp32; then psum = round(s) or
/// round(psum + s), the sum rounded to fp32 first and to nearest even each time. Scaled elements enter the fma as they
/// are, beyond fp32's range too. A NaN is written as the quiet NaN 0x7fc00000 rounded to the destination. The bits are
/// the same for every vector width and number of threads.
/// </summary>
public static unsafe class Matmul
{
    /// <summary>Largest K (partitions) and M (stationary free size).</summary>
    public const int MaxRows = 128;

    /// <summary>Largest N (moving free size): a whole PSUM partition of 16 KiB in bf16.</summary>
    public const int MaxColumns = 8192;

    /// <summary>Most terms of a sum: four in each of 128 partitions.</summary>
    public const int MaxDepth = 4 * MaxRows;

    /// <summary>
    /// psum (+)= stationaryᵀ × moving. Partitions and elements: psum M × N, stationary K × M, moving K × N, with K, M
    /// ≤ 128 and N ≤ 8192. Dtypes: floats, but for packed inputs with scales. Any levels; psum must not share bytes
    /// with an operand.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or dtypes are others than these.</exception>
    public static void Accumulate(
        in Tile psum, in MatmulInputs inputs, bool accumulate, MatmulWorkspace workspace, int threads = 1) =>
        MatmulPaths.Run(psum, inputs, accumulate, null, workspace, threads);

    /// <summary>
    /// The same, element (m, n) adding where bit n % 64 of <c>accumulateMask[m * ((N + 63) / 64) + n / 64]</c> is set
    /// and overwriting where it is clear.
    /// </summary>
    /// <exception cref="ArgumentException">As above, or the mask has fewer than M * ((N + 63) / 64) words.</exception>
    public static void Accumulate(
        in Tile psum, in MatmulInputs inputs, ReadOnlySpan<ulong> accumulateMask, MatmulWorkspace workspace,
        int threads = 1)
    {
        Require(accumulateMask.Length >= psum.Partitions * ((psum.Elements + 63) / 64), "mask too short");
        fixed (ulong* mask = accumulateMask)
            MatmulPaths.Run(psum, inputs, false, mask, workspace, threads);
    }

    /// <summary>psum = stationaryᵀ × moving, or psum += it.</summary>
    /// <exception cref="ArgumentException">As above.</exception>
    public static void Accumulate(
        in Tile psum, in Tile stationary, in Tile moving, bool accumulate, MatmulWorkspace workspace,
        int threads = 1) =>
        Accumulate(psum, new MatmulInputs(stationary, moving), accumulate, workspace, threads);

    /// <summary>Shapes and dtypes fit.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal static void Check(in Tile psum, in MatmulInputs inputs)
    {
        var (stationary, moving) = (inputs.Stationary, inputs.Moving);
        Require(psum.DType.IsFloat(), "psum of a float dtype expected");
        Require(inputs.IsScaled ? stationary.DType.IsPacked() && moving.DType.IsPacked()
            : stationary.DType.IsFloat() && moving.DType.IsFloat(), "float inputs expected, packed ones with scales");
        Require(stationary.Partitions == moving.Partitions && moving.Partitions <= MaxRows, "K differs or exceeds 128");
        Require(inputs.Rows == psum.Partitions && psum.Partitions <= MaxRows, "M differs or exceeds 128");
        Require(inputs.Columns == psum.Elements && psum.Elements <= MaxColumns, "N differs or exceeds 8192");
        if (inputs.IsScaled) CheckScales(inputs);
    }

    private static void CheckScales(in MatmulInputs inputs)
    {
        Require(inputs.Depth % MatmulInputs.GroupTerms == 0, "no whole groups of eight partitions");
        Require(inputs.StationaryScale.Elements == inputs.Rows && inputs.MovingScale.Elements == inputs.Columns,
            "a scale for each column expected");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ArgumentException(message);
    }
}
