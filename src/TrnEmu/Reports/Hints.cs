using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Attribution;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports;

/// <summary>
/// What bounds a run and what would move it, in plain sentences: the largest topics of its critical path, each with
/// what timing the program anew without that cost gives.
/// </summary>
internal sealed class Hints(PathSummary path, Program program)
{
    private const double Notable = 0.1;
    private const double Dominant = 0.75;
    private const int Most = 3;
    private const int Few = 5;
    private const int ManyInstructions = 10;
    private const double Small = 0.5;

    private readonly List<BufferEdges> _buffers = [.. BufferEdges.Of(path, program)];

    /// <summary>The sentences, most important first; of a program without operations none.</summary>
    public IReadOnlyList<string> Sentences() => [.. Told().Select(t => t.Sentence)];

    /// <summary>The same, each with the share of the time that it would save, where it names one.</summary>
    public IReadOnlyList<(string Sentence, double? Gain)> Told()
    {
        if (path.Path.Count == 0) return [];
        var topics = PathTopic.Of(path);
        var told = topics.Take(Most).Where((t, i) => i == 0 || path.Share(t.Time) >= Notable).ToArray();
        List<(string Sentence, double? Gain)> sentences = [.. told.Select(t => (Sentence(t), GainOf(t)))];
        var isNearFloor = told[0].Theme == PathTheme.Work && path.Share(told[0].Time) >= Dominant;
        if (!told.Any(t => t.Engine == Engine.Tensor || t.Theme == PathTheme.Slowed) && ArrayPace.Sentence(path.Run) is { } pace)
            sentences.Add((pace, null));
        if (!isNearFloor && Floor() is { } floor) sentences.Add((floor, null));
        return sentences;
    }

    private string Sentence(PathTopic topic) => topic.Theme switch
    {
        PathTheme.Work => Work(topic),
        PathTheme.Slowed => Slowed(topic),
        PathTheme.TableLoad => TableLoad(topic),
        PathTheme.HandOver => HandOver(topic),
        PathTheme.Generation => Generation(topic),
        PathTheme.DmaLatency => DmaLatency(topic),
        _ => DmaData(topic),
    };

    private double? GainOf(PathTopic topic)
    {
        var isBound = topic.Theme == PathTheme.Work && path.Share(topic.Time) >= Dominant && Starts(topic) is null;
        return isBound ? null : 1 - (double)path.Run.Without(topic.Costs) / path.Run.Timeline.Elapsed;
    }

    private string Work(PathTopic topic)
    {
        var (part, engine) = (topic.Parts[0], topic.Engine.Title());
        var text = $"{engine}'s own work is {Share(topic)}, {(part.Places > 1 ? "most of it " : "")}{part.Place}";
        if (Starts(topic) is { } starts) return $"{text}. {starts} {Gain(topic, "If that work took no time")}";
        return path.Share(topic.Time) >= Dominant
            ? $"{text}: the run is bound by {engine}. Only less work there, or types that it works on faster, make it "
                + $"shorter."
            : $"{text}.{Emptied(b => b.Releasing == topic.Engine, topic.Parts.Sum(p => p.Count))} "
                + $"{Gain(topic, "If that work took no time")}";
    }

    /// <summary>
    /// Where an engine works on few elements at a time, what each instruction takes beyond its elements; else null.
    /// </summary>
    private string? Starts(PathTopic topic)
    {
        var busy = path.Run.Timeline.Cores[0].Engines.First(e => e.Engine == topic.Engine).Busy;
        var least = path.Run.Roofline(0).Bounds.Where(b => b.Unit == topic.Engine.Name()).Sum(b => b.Time);
        var count = topic.Parts.Sum(p => p.Count);
        return busy == 0 || count < ManyInstructions || least > busy * Small ? null
            : $"Its {Count(count)} instructions there take {Each(topic.Time, count)}; at full rate their elements would "
                + $"take "
                + $"{Percent(least / busy)} of that: fewer, larger ones pay their start less often.";
    }

    private string Slowed(PathTopic topic) =>
        $"{topic.Parts[0].Key.Label}: {Share(topic)}. The array warms up while it works without long pauses. "
        + Gain(topic, "If it were warm from the start");

    private string TableLoad(PathTopic topic) =>
        $"Loading function tables is {Share(topic)}: {Times(topic.Parts[0].Count)}, {Each(topic.Time, topic.Parts[0].Count)}. Functions of one table "
        + $"after each other load it once. {Gain(topic, "If tables were there at once")}";

    private string HandOver(PathTopic topic)
    {
        var count = topic.Parts.Sum(p => p.Count);
        var from = topic.Parts.Where(p => p.Key.Engine != Engine.None).Select(p => p.Key.Engine.Title()).Take(2);
        var text = $"Waiting for results on their way between engines (latency and semaphores) is {Share(topic)}: "
            + $"{Times(count)}, {Each(topic.Time, count)}, most often from {string.Join(" and ", from)}.";
        var emptied = Emptied(b => b.Releasing != Engine.None, count);
        text += emptied.Length > 0 ? emptied : " Work on other data meanwhile would hide it.";
        return $"{text} {Gain(topic, "If results were there at once")}";
    }

    /// <summary>
    /// Where generators are busy back to back, the time goes with the number of transfers, not with their bytes.
    /// </summary>
    private string Generation(PathTopic topic)
    {
        var transfers = Transfers(topic);
        return $"Making the descriptors of {topic.Transfers} is {Share(topic)}: a generator makes them one transfer after the other, "
            + $"{Each(topic.Time, transfers.Length)}, here {Count(transfers.Length)} of {AverageBytes(transfers)}. It takes as long for a "
            + $"large transfer as for a small one, so fewer, larger {topic.Plural} "
            + $"cost less.{TakeTurns(topic, transfers.Length)} "
            + Gain(topic, "If descriptors took no time (--what-if dma.generation_ns=0)");
    }

    private string DmaLatency(PathTopic topic)
    {
        var transfers = Transfers(topic);
        var parts = topic.Parts.GroupBy(p => p.Key.Kind).Select(g => $"{Short(g.Key)} {Time((double)g.Sum(p => p.Time) / transfers.Length)}");
        var text = $"Starting {topic.Transfers} and seeing them done, without moving their data, is {Share(topic)}: {Times(transfers.Length)} "
            + $"{Each(topic.Time, transfers.Length)} ({string.Join(", ", parts)}) to move {AverageBytes(transfers)}.";
        var turns = TakeTurns(topic, transfers.Length);
        if (turns.Length == 0 && transfers.Length > 1) turns = $" Fewer, larger {topic.Plural}, or starting them earlier, would hide it.";
        return $"{text}{turns} {Gain(topic, "If starting and seeing the end took no time")}";
    }

    /// <summary>An engine that waits only for a buffer; told once.</summary>
    private string Emptied(Func<BufferEdges, bool> isMeant, int of)
    {
        if (_buffers.Find(b => b.Loads == 0 && isMeant(b) && b.Count * Few >= of) is not { } buffer) return "";
        _buffers.Remove(buffer);
        var who = buffer.Releasing == Engine.None ? "a transfer" : buffer.Releasing.Title();
        return $" {Capital(Times(buffer.Count))} {buffer.Waiting.Title()} waits only until {who} is done with a buffer "
            + $"({buffer.Place}): "
            + "a second one would hide that.";
    }

    /// <summary>Loads that wait only for a buffer; told once.</summary>
    private string TakeTurns(PathTopic topic, int transfers)
    {
        var isLoad = topic.Parts.Any(p => p.Key.Direction == Direction.Load);
        if (!isLoad || _buffers.Find(b => b.Loads > 0 && b.Loads * Few >= transfers) is not { } buffer) return "";
        _buffers.Remove(buffer);
        var who = buffer.Releasing == Engine.None ? "an earlier transfer" : buffer.Releasing.Title();
        return $" {Capital(Times(buffer.Loads))} a load starts only once {who} is done with the buffer that it fills "
            + $"({buffer.Place}), so that "
            + "loading and computing take turns: another buffer would let them overlap.";
    }

    private string DmaData(PathTopic topic)
    {
        var direction = topic.Parts[0].Key.Direction;
        var longest = path.Path.Where((s, i) => s.Kind == PathKind.Transfer && path.KeyOf(i).Direction == direction)
            .DefaultIfEmpty(path.Path[0]).MaxBy(s => s.Time);
        var text = $"Moving the data of {topic.Transfers} is {Share(topic)}";
        var waits = topic.Parts.Where(p => p.Key.Kind == PathKind.Bandwidth).Sum(p => p.Time);
        if (waits * 2 > topic.Time)
            text += ": HBM and its ports deliver no faster; fewer bytes, or more use of each, would help.";
        else if (longest.Transfer >= 0) text += ": " + DmaRate.Sentence(path.Run, path.Run.Transfer(longest.Transfer));
        else text += ".";
        return $"{text}{TakeTurns(topic, Transfers(topic).Length)} {Gain(topic, "If data moved in no time")}";
    }

    /// <summary>The time without a cost is the program timed again, not a share of the path taken off.</summary>
    private string Gain(PathTopic topic, string condition)
    {
        var without = path.Run.Without(topic.Costs);
        var elapsed = path.Run.Timeline.Elapsed;
        return $"{condition}, the run would take {Time(without)}, {Percent((double)(elapsed - without) / elapsed)} "
            + $"less.";
    }

    /// <summary>
    /// What no overlap can go below: the longest work of one unit, timed with everything else left out; null where
    /// that is far below.
    /// </summary>
    private string? Floor()
    {
        var busiest = path.Run.Timeline.Cores.SelectMany(c => c.Engines).MaxBy(e => e.Busy)!.Engine;
        var (work, data) =
            (path.Run.Without(Costs.All & ~busiest.Work()), path.Run.Without(Costs.All & ~Costs.DmaData));
        if (path.Share(Math.Max(data, work)) < Notable) return null;
        return data > work
            ? $"Moving all data, with nothing else taking time, is {Time(data)}: better overlap makes the run no shorter than that, fewer bytes do."
            : $"{busiest.Title()}'s work, with nothing else taking time, is {Time(work)}: as short as the run gets if all else overlaps with it.";
    }

    private int[] Transfers(PathTopic topic)
    {
        var directions = topic.Parts.Select(p => p.Key.Direction).ToHashSet();
        return [.. path.Path.Where((s, i) => s.Transfer >= 0 && directions.Contains(path.KeyOf(i).Direction))
            .Select(s => s.Transfer).Distinct()];
    }

    private string AverageBytes(int[] transfers)
    {
        var bytes = Bytes(transfers.Average(t => BytesOf(path.Run.Transfer(t))));
        return transfers.Length > 1 ? bytes + " on average" : bytes;
    }

    private static double BytesOf(in DmaTransfer transfer) => (double)transfer.Rows * transfer.RowBytes;

    private string Share(PathTopic topic) => $"{Percent(path.Share(topic.Time))} of the critical path";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Times(int count) => count == 1 ? "once" : Count(count) + " times";

    private static string Each(long time, int count) => Time((double)time / count) + (count > 1 ? " each" : "");

    private static string Short(PathKind kind) => kind switch
    {
        PathKind.Generation => "descriptors",
        PathKind.TriggerToPacket => "to the first packet",
        _ => "write and semaphore",
    };
}
