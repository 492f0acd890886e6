using System.Diagnostics;
using System.Globalization;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Observers;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Bench.Host;

/// <summary>
/// What it costs for an engine instruction to know that a program has no race, beside its time, and that it reads nothing
/// unwritten: dependences tracked to the byte, from the program, on one thread. Layers are compiled one after the other,
/// as semaphores that count on over repetitions would be unsound. Medians; each run does all in turn.
/// </summary>
internal static class CheckedLine
{
    private const int LeastRuns = 9;
    private static readonly int[] Layers = [1, 10, 50];
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    /// <summary>Prints a row for some numbers of layers.</summary>
    public static void Print(Chip chip)
    {
        Line($"BERT-base layers, time and checks");
        Line($"{"instructions",14}{"time ns",12}{"races ns",12}{"+written ns",12}{"time, races",14}{"M/s",8}{"all three",14}{"M/s",8}");
        foreach (var layers in Layers) Print(BertLayer.Compile(chip, layers: layers), chip);
    }

    private static void Print(Program program, Chip chip)
    {
        var model = new ChipTimingModel(chip);
        var count = FlatStream.Build(program, chip.Generation).EngineInstructions;
        List<double> time = [], races = [], written = [];
        var total = Stopwatch.StartNew();
        while (time.Count < LeastRuns || total.Elapsed < Enough)
        {
            time.Add(Of(() => TimePass.Run(PricedStream.Of(FlatStream.Build(program, chip.Generation), model))));
            races.Add(Of(() => RaceObserver.Check(program)));
            written.Add(Of(() => MemoryObserver.Check(program)));
        }

        var (t, r, w) = (Median(time), Median(races), Median(written));
        Line($"{count,14}{t,12:F1}{r,12:F1}{w,12:F1}{t + r,14:F1}{1e3 / (t + r),8:F1}{t + w,14:F1}{1e3 / (t + w),8:F1}");

        double Of(Action action)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        }
    }

    private static double Median(List<double> samples)
    {
        samples.Sort();
        return samples[samples.Count / 2];
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
