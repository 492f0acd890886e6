using System.Globalization;
using TrnEmu.Bench.Host;
using TrnEmu.Core.Chips;

namespace TrnEmu.Bench.Compare.Rows;

/// <summary>
/// How time and memory of a run grow with the number of layers and of tokens: BERT-base layers compiled, executed under
/// the observers and timed, each size in a process of its own.
/// </summary>
internal static class GrowthRows
{
    /// <summary>Of the child.</summary>
    public const string Name = "growth";

    private const int FewTokens = 128;
    private const double MostRatio = 1.15, MostMegabytes = 120;

    private static readonly int[] Layers = [1, 4, 12, 48];
    private static readonly int[] QuickLayers = [1, 4];
    private static readonly int[] Tokens = [128, 512, 2048, 4096];
    private static readonly int[] QuickTokens = [128, 512];

    public static IEnumerable<Row> Of()
    {
        yield return Time("layers", e => [.. (e.IsQuick ? QuickLayers : Layers).Select(l => (l, FewTokens))]);
        yield return Time("tokens", e => [.. (e.IsQuick ? QuickTokens : Tokens).Select(t => (1, t))]);
        yield return new Row("memory beyond HBM at each of these sizes", Bound.AtMost(MostMegabytes, "MB"), "", Memory);
    }

    /// <summary>The child: us of a million multiplications in the least of some runs, which nothing disturbed; the detail is the peak beyond HBM.</summary>
    public static Measurement Here(Effort effort, string[] arguments)
    {
        var sizes = Array.ConvertAll(arguments, a => int.Parse(a, CultureInfo.InvariantCulture));
        var (layers, tokens) = (sizes[0], sizes[1]);
        var chip = Chip.Load("trn2");
        using var program = new ExecutableProgram(BertLayer.Compile(chip, tokens, layers), chip);
        var seconds = Interleaved.Seconds(
            effort with { RowSeconds = 2 * effort.RowSeconds, LeastRounds = 3, MostRounds = 40 }, Sampling.Cpu(effort, () =>
            {
                BertLayer.Compile(chip, tokens, layers);
                program.Execute();
                program.Time();
            }));
        var beyond = PeakMemory.Megabytes - program.HbmBytes / 1e6;
        return Measurement.Of(
            Spread.Of(seconds.Least).Times(1e12 / (layers * BertLayer.Macs(tokens))), beyond.ToString("0", CultureInfo.InvariantCulture));
    }

    private static Row Time(string what, Func<Effort, (int Layers, int Tokens)[]> sizes) => new(
        $"growth with {what}: largest by smallest time per MAC", Bound.AtMost(MostRatio, "x"), "", effort =>
        {
            var all = sizes(effort);
            var times = all.Select(s => Size(effort, s.Layers, s.Tokens).Spread.Median).ToArray();
            var text = all.Zip(times, (s, t) => $"{s.Layers} x {s.Tokens}: {Bound.Number(t)}");
            return Measurement.Of(Spread.Of(times.Max() / times.Min()), $"us per million MACs, layers x tokens: {string.Join(", ", text)}");
        });

    private static Measurement Memory(Effort effort)
    {
        var sizes = Seen.Keys.Order().ToArray();
        if (sizes.Length == 0) return Measurement.Missing("The rows of growth were not run.");
        var beyond = sizes.Select(s => double.Parse(Seen[s].Detail, CultureInfo.InvariantCulture)).ToArray();
        var text = sizes.Zip(beyond, (s, m) => string.Create(CultureInfo.InvariantCulture, $"{s.Layers} x {s.Tokens}: {m:0}"));
        return Measurement.Of(Spread.Of(beyond.Max()), $"layers x tokens: {string.Join(", ", text)}");
    }

    private static Dictionary<(int Layers, int Tokens), Measured> Seen { get; } = [];

    private static Measured Size(Effort effort, int layers, int tokens)
    {
        if (!Seen.TryGetValue((layers, tokens), out var measured))
        {
            string[] sizes = [.. ((int[])[layers, tokens]).Select(n => n.ToString(CultureInfo.InvariantCulture))];
            Seen.Add((layers, tokens), measured = (Measured)Child.Measure(effort, Name, sizes));
        }

        return measured;
    }
}
