using TrnEmu.Bench.Host;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>Two threads against one, in wall time: only a machine with two idle processors shows it.</summary>
internal static class ThreadRows
{
    private const string Baseline = "one thread";

    public static IEnumerable<Row> Of()
    {
        yield return new Row("two threads: tile bf16", Bound.AtLeast(1.8), Baseline, Tile);
        yield return new Row("two threads: BERT layer executed and timed", Bound.AtLeast(1.5), Baseline, Layer);
    }

    private static Measurement Tile(Effort effort)
    {
        if (TooFew() is { } missing) return missing;
        var tile = TileRows.Filled();
        return Compare(effort, tile.Bf16OnTwoThreads, tile.Bf16, () =>
        {
            var sums = tile.Sums();
            tile.Clear();
            return sums;
        });
    }

    private static Measurement Layer(Effort effort)
    {
        if (TooFew() is { } missing) return missing;
        using var layer = new OneLayer();
        layer.Compile();
        return Compare(effort, layer.RunOnTwoThreads, layer.Run, layer.Outputs);
    }

    private static Measurement Compare(Effort effort, Action two, Action one, Func<byte[]> outputs)
    {
        _ = outputs();
        one();
        var expected = outputs();
        two();
        if (!outputs().AsSpan().SequenceEqual(expected))
            throw new InvalidOperationException("two threads give other bits than one");
        if (effort.IsQuick && !Machine.IsIdle) return Measurement.Missing($"The machine is not idle: load {Machine.Load}.");
        var result = Interleaved.Faster(effort, Sampling.Wall(effort, two), Sampling.Wall(effort, one));
        return ((Measured)result).With($"the same bits; load {Machine.Load}");
    }

    private static Measurement? TooFew() =>
        Environment.ProcessorCount < 2 ? Measurement.Missing("This machine has one processor.") : null;
}
