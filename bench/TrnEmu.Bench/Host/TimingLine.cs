using System.Diagnostics;
using System.Globalization;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Bench.Host;

/// <summary>
/// Time and memory of the timing pass for an engine instruction, from a thousand instructions to ten million: rows that
/// read the same show that the cost grows with the length and not faster. All from the program, stream and prices
/// included, on one thread; the best of some runs.
/// </summary>
internal static class TimingLine
{
    private const int Smallest = 1000, Largest = 10_000_000, Growth = 10;
    private const int LeastRuns = 3;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    /// <summary>Prints the tables of a BERT layer with and without its DMA.</summary>
    public static int Run()
    {
        var chip = Chip.Load("trn2");
        var layer = BertLayer.Compile(chip);
        Print("BERT-base layer", layer, chip);
        Print("BERT-base layer without DMA", BertLayer.WithoutDma(layer), chip);
        CheckedLine.Print(chip);
        return 0;
    }

    private static void Print(string name, Program layer, Chip chip)
    {
        var once = FlatStream.Build(layer, chip.Generation);
        Line($"{name}: {once.Entries} operations, {once.EngineInstructions} instructions, {once.TransferCount} transfers");
        Line($"{"instructions",14}{"stream ns",12}{"price ns",12}{"events ns",12}{"all ns",12}{"M/s",8}{"stream B",12}{"all B",12}{"GCs",8}{"full",8}");
        for (var n = Smallest; n <= Largest; n *= Growth)
            Print(RepeatedProgram.Of(layer, (int)((long)n * once.Entries / once.EngineInstructions)), chip);
    }

    private static void Print(Program program, Chip chip)
    {
        var model = new ChipTimingModel(chip);
        var best = new double[] { double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue };
        var bytes = new double[2];
        var count = 0;
        var (collections, full, runs) = (GC.CollectionCount(0), GC.CollectionCount(2), 0);
        var total = Stopwatch.StartNew();
        for (; runs < LeastRuns || total.Elapsed < Enough; runs++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var stream = FlatStream.Build(program, chip.Generation);
            var built = Stopwatch.GetTimestamp();
            var prices = PricedStream.Of(stream, model);
            var priced = Stopwatch.GetTimestamp();
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            var resumed = Stopwatch.GetTimestamp();
            TimePass.Run(prices);
            var end = Stopwatch.GetTimestamp();
            count = stream.EngineInstructions;
            Keep(ref best[0], built - start);
            Keep(ref best[1], priced - built);
            Keep(ref best[2], end - resumed);
            Keep(ref best[3], end - resumed + priced - start);
            bytes = [allocated, GC.GetTotalAllocatedBytes(precise: true) - before];
        }

        var ns = Array.ConvertAll(best, b => b * 1e9 / Stopwatch.Frequency / count);
        Line($"{count,14}{ns[0],12:F1}{ns[1],12:F1}{ns[2],12:F1}{ns[3],12:F1}{1e3 / ns[3],8:F1}{bytes[0] / count,12:F1}{bytes[1] / count,12:F1}{PerRun(collections, 0),8:F2}{PerRun(full, 2),8:F2}");

        double PerRun(int before, int generation) => (double)(GC.CollectionCount(generation) - before) / runs;
    }

    private static void Keep(ref double best, long ticks) => best = Math.Min(best, ticks);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
