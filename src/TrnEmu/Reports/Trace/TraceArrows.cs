using TrnEmu.Reports.Lanes;

namespace TrnEmu.Reports.Trace;

/// <summary>Writes arrows: from a trigger to its transfer, and from each operation to those that waited for it.</summary>
internal sealed class TraceArrows(TimedRun run, TraceWriter writer, TraceEvents events)
{
    private int _count;

    /// <summary>Writes them all.</summary>
    public void Write()
    {
        for (var entry = 0; entry < run.Stream.Entries; entry++)
        {
            if (events.IsTransfer(entry)) Arrow("trigger", entry, events.FirstOf(entry), entry, events.LastOf(entry));
        }

        new Dependences(run.Stream, run.Timeline).ForEach(
            (from, to) => Arrow("wait", from, events.LastOf(from), to, events.FirstOf(to)));
    }

    /// <summary>What costs no instruction has no place.</summary>
    private void Arrow(string name, int fromEntry, TraceEvents.Place from, int toEntry, TraceEvents.Place to)
    {
        if (from.Track == 0 || to.Track == 0) return;
        _count++;
        End("s", name, fromEntry, from);
        End("f", name, toEntry, to);
    }

    private void End(string phase, string name, int entry, TraceEvents.Place place)
    {
        var json = writer.Begin(phase, TrackTable.ProcessOf(run.Stream.CoreOfEntry(entry)), place.Track);
        writer.Time("ts"u8, place.Time);
        json.WriteNumber("id"u8, _count);
        json.WriteString("name"u8, name);
        json.WriteString("cat"u8, name);
        if (phase == "f") json.WriteString("bp"u8, "e"u8);
        writer.End();
    }
}
