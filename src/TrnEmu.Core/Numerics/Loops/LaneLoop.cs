using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// Runs a step over the free elements in order, each partition from a state of its own. What must be in order along a
/// row is independent from row to row: blocks of 16 rows are transposed, so that a vector holds an element of each.
/// A block is read before it is written, so dst may be the very pattern of a or b.
/// </summary>
internal static unsafe class LaneLoop
{
    private const int Lanes = 16;
    private const int Length = 128;

    /// <summary>dst = the results; states[p] is the state of partition p before and after.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TStep>(in Tile dst, in Tile a, in Tile b, ref TStep step, Span<float> states)
        where TStep : struct, ILaneStep
    {
        var rows = stackalloc float[Lanes * Length];
        var x = stackalloc float[Lanes * Length];
        var y = stackalloc float[Lanes * Length];
        var elements = a.Elements;
        for (var p = 0; p < a.Partitions; p += Lanes)
        {
            var lanes = Math.Min(Lanes, a.Partitions - p);
            step.Begin(p, lanes);
            var state = Load(states.Slice(p, lanes));
            for (var start = 0; start < elements; start += Length)
            {
                var count = Math.Min(Length, elements - start);
                Read(a, p, lanes, start, count, rows, x);
                if (TStep.ReadsSecond) Read(b, p, lanes, start, count, rows, y);
                state = Steps(step, state, x, y, count);
                Transpose.Blocks((byte*)rows, Length * sizeof(float), (byte*)x, Lanes * sizeof(float), count, Lanes,
                    sizeof(float));
                for (var lane = 0; lane < lanes; lane++) Rows.Store(dst, p + lane, start, rows + lane * Length, count);
            }

            Store(state, states.Slice(p, lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(in Tile tile, int partition, int lanes, int start, int count, float* rows, float* columns)
    {
        for (var lane = 0; lane < lanes; lane++) Rows.Load(tile, partition + lane, start, rows + lane * Length, count);
        Transpose.Blocks((byte*)columns, Lanes * sizeof(float), (byte*)rows, Length * sizeof(float), Lanes, count,
            sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Steps<TStep>(TStep step, Vector512<float> state, float* x, float* y, int count)
        where TStep : struct, ILaneStep
    {
        for (var end = x + count * Lanes; x < end; x += Lanes, y += Lanes)
        {
            var second = TStep.ReadsSecond ? Vector512.Load(y) : default;
            step.Invoke(ref state, Vector512.Load(x), second).Store(x);
        }

        return state;
    }

    private static Vector512<float> Load(ReadOnlySpan<float> states)
    {
        var vector = Vector512<float>.Zero;
        states.CopyTo(new Span<float>(&vector, Lanes));
        return vector;
    }

    private static void Store(Vector512<float> vector, Span<float> states) =>
        new Span<float>(&vector, states.Length).CopyTo(states);
}
