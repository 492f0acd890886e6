using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Attribution;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports;

/// <summary>
/// What bounds a run and what would move it, in plain sentences: the largest topics of its critical path, each with what
/// timing the program anew without that cost gives.
/// </summary>
internal sealed class Hints(PathSummary path, Program program)
{
    private const double Notable = 0.1;
    private const double Dominant = 0.75;
    private const int Most = 3;

    private readonly BufferEdges[] _buffers = BufferEdges.Of(path, program);

    /// <summary>The sentences, most important first; of a program without operations none.</summary>
    public IReadOnlyList<string> Sentences()
    {
        if (path.Path.Count == 0) return [];
        var topics = PathTopic.Of(path);
        var told = topics.Take(Most).Where((t, i) => i == 0 || path.Share(t.Time) >= Notable).ToArray();
        List<string> sentences = [.. told.Select(Sentence)];
        if (Floor(told[0]) is { } floor) sentences.Add(floor);
        return sentences;
    }

    private string Sentence(PathTopic topic) => topic.Theme switch
    {
        PathTheme.Work => Work(topic),
        PathTheme.Slowed => Slowed(topic),
        PathTheme.HandOver => HandOver(topic),
        PathTheme.DmaLatency => DmaLatency(topic),
        _ => DmaData(topic),
    };

    private string Work(PathTopic topic)
    {
        var part = topic.Parts[0];
        var most = part.Places > 1 ? "most of it " : "";
        var share = path.Share(topic.Time);
        var text = $"{topic.Engine.Title()}'s own work is {Percent(share)} of the critical path, {most}{part.Place}";
        return share >= Dominant
            ? $"{text}: the run is bound by {topic.Engine.Title()}. Only less work there, or types that it works on faster, make it shorter."
            : $"{text}. {Gain(topic, "If that work took no time")}";
    }

    private string Slowed(PathTopic topic) =>
        $"{topic.Parts[0].Key.Label}: {Percent(path.Share(topic.Time))} of the critical path. The array warms up while it works without "
        + $"long pauses. {Gain(topic, "If it were warm from the start")}";

    private string HandOver(PathTopic topic)
    {
        var count = topic.Parts.Sum(p => p.Count);
        var each = Count(count) + (count == 1 ? " time " : " times, ") + Time((double)topic.Time / count) + " each";
        var from = topic.Parts.Where(p => p.Key.Engine != Engine.None).Select(p => p.Key.Engine.Title()).Take(2);
        var text = $"Waiting for results on their way between engines (latency and semaphores) is {Percent(path.Share(topic.Time))} of the "
            + $"critical path: {each}, most often from {string.Join(" and ", from)}.";
        if (_buffers.FirstOrDefault(b => b.Loads == 0 && b.Releasing != Engine.None && b.Count * 10 >= count) is { } buffer)
        {
            text += $" {Count(buffer.Count)} times {buffer.Waiting.Title()} only waits until {buffer.Releasing.Title()} has emptied a buffer "
                + $"({buffer.Place}): a second buffer would hide that.";
        }
        else text += " Work on other data meanwhile would hide it.";

        return $"{text} {Gain(topic, "If results were there at once")}";
    }

    private string DmaLatency(PathTopic topic)
    {
        var (plural, one) = (topic.Parts[0].Key.Plural, topic.Direction switch { Direction.Load => "load", Direction.Store => "store", _ => "copy" });
        var segments = path.Path.Where((s, i) => s.Transfer >= 0 && path.KeyOf(i).Direction == topic.Direction).ToArray();
        var transfers = segments.Select(s => s.Transfer).Distinct().ToArray();
        var bytes = transfers.Average(t => (double)path.Run.Transfer(t).Rows * path.Run.Transfer(t).RowBytes);
        var parts = topic.Parts.Select(p => $"{Short(p.Key.Kind)} {Time((double)p.Time / transfers.Length)}");
        var text = $"Starting {plural} and seeing them done, without moving their data, is {Percent(path.Share(topic.Time))} of the critical path: "
            + $"{Count(transfers.Length)} {(transfers.Length == 1 ? one : plural)} of {Bytes(bytes)} on average {(transfers.Length == 1 ? "takes" : "take")} "
            + $"{Time((double)topic.Time / transfers.Length)} each for it ({string.Join(", ", parts)}).";
        if (_buffers.FirstOrDefault(b => b.Loads > 0 && b.Loads * 4 >= transfers.Length) is { } buffer && topic.Direction == Direction.Load)
        {
            var who = buffer.Releasing == Engine.None ? "an earlier transfer" : buffer.Releasing.Title();
            text += $" {Count(buffer.Loads)} times a load starts only once {who} is done with the buffer that it fills ({buffer.Place}), so that "
                + "loading and computing take turns: another buffer would let them overlap, and fewer, larger loads start less often.";
        }
        else if (transfers.Length > 1) text += $" Fewer, larger {plural}, or starting them earlier, would hide it.";

        return $"{text} {Gain(topic, "Without it")}";
    }

    private static string Short(PathKind kind) => kind switch
    {
        PathKind.Generation => "descriptors",
        PathKind.TriggerToPacket => "to the first packet",
        _ => "write and semaphore",
    };

    private string DmaData(PathTopic topic)
    {
        var longest = path.Path.Where((s, i) => s.Transfer >= 0 && path.KeyOf(i).Direction == topic.Direction && s.Kind == PathKind.Transfer)
            .DefaultIfEmpty(path.Path[0]).MaxBy(s => s.Time);
        var text = $"Moving the data of {topic.Parts[0].Key.Plural} is {Percent(path.Share(topic.Time))} of the critical path";
        var waits = topic.Parts.Where(p => p.Key.Kind == PathKind.Bandwidth).Sum(p => p.Time);
        if (waits * 2 > topic.Time) text += ": HBM and its ports deliver no faster; fewer bytes, or each byte used for more, would help.";
        else if (longest.Transfer >= 0) text += ": " + DmaRate.Sentence(path.Run, path.Run.Transfer(longest.Transfer));
        else text += ".";
        return $"{text} {Gain(topic, "If data moved in no time")}";
    }

    /// <summary>The time without a cost is the program timed again, not a share of the path taken off.</summary>
    private string Gain(PathTopic topic, string condition)
    {
        var without = path.Run.Without(topic.Costs);
        var elapsed = path.Run.Timeline.Elapsed;
        return $"{condition}, the run would take {Time(without)}, {Percent((double)(elapsed - without) / elapsed)} less.";
    }

    /// <summary>What no overlap can go below, where the run is not near it.</summary>
    private string? Floor(PathTopic first)
    {
        var busiest = path.Run.Timeline.Cores[0].Engines.MaxBy(e => e.Busy)!;
        var dma = path.Run.Timeline.Cores[0].Dma.Busy / Limits.DmaEngines;
        var (who, busy) = dma > busiest.Busy ? ("The DMA engines are", dma) : ($"{busiest.Engine.Title()} is", busiest.Busy);
        return first.Theme == PathTheme.Work && path.Share(first.Time) >= Dominant ? null
            : $"{who} busy for {Time(busy)}, {Percent(path.Share(busy))} of the time, longer than anything else: with everything else behind "
                + "that, the run could not be shorter.";
    }
}
