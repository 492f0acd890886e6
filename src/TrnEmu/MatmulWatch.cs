using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu;

/// <summary>Keeps a corner of the first matrix product that is executed.</summary>
internal sealed class MatmulWatch : IExecutionObserver
{
    private const int Rows = 6;
    private const int Columns = 8;

    /// <summary>What it saw; null when there was no product.</summary>
    public MatmulSample? Sample { get; private set; }

    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state)
    {
        if (Sample is not null || entry.Operation is not NcMatmul { IsTranspose: false } matmul) return;
        if (matmul.PerfMode != MatmulPerfMode.None) return;
        if (matmul.Stationary.IsIndirect || matmul.Moving.IsIndirect) return;
        var (stationary, moving) = (Values(state, matmul.Stationary, Rows), Values(state, matmul.Moving, Columns));
        var sums = new float[stationary[0].Length][];
        for (var m = 0; m < sums.Length; m++) sums[m] = [.. moving[0].Select((_, n) => Sum(stationary, moving, m, n))];
        Sample = new MatmulSample(
            core, matmul.Stationary.Partitions, (int)matmul.Stationary.Free, (int)matmul.Moving.Free,
            $"{matmul.Stationary.DType.Name()} x {matmul.Moving.DType.Name()}", entry.Operation.Span with { Node = 0 })
        {
            Stationary = stationary[..Math.Min(Rows, stationary.Length)],
            Moving = moving[..Math.Min(Rows, moving.Length)],
            Sums = sums,
        };
    }

    private static float[][] Values(CoreState state, in AccessPattern pattern, int columns)
    {
        var tile = state.Tile(pattern);
        var values = new float[tile.Partitions][];
        for (var p = 0; p < values.Length; p++)
        {
            values[p] = new float[Math.Min(columns, tile.Elements)];
            Core.Numerics.Rows.Load(tile, p, 0, values[p]);
        }

        return values;
    }

    /// <summary>One chain of fused multiply-adds over ascending k, as the array has it.</summary>
    private static float Sum(float[][] stationary, float[][] moving, int m, int n)
    {
        var sum = 0f;
        for (var k = 0; k < stationary.Length; k++) sum = MathF.FusedMultiplyAdd(stationary[k][m], moving[k][n], sum);
        return sum;
    }
}
