using TrnEmu.Reports.Lanes;

namespace TrnEmu.Reports.Trace;

/// <summary>The tracks of a trace: one for each row of each lane, named when it is first used; a core is a process.</summary>
internal sealed class TrackTable(TraceWriter writer)
{
    private const int Rows = 1000;
    private readonly Dictionary<(Lane Lane, int Row), int> _tracks = [];

    /// <summary>The process of a core.</summary>
    public static int ProcessOf(int core) => core + 1;

    /// <summary>Names the processes.</summary>
    public void NameCores(int cores, string target)
    {
        for (var core = 0; core < cores; core++)
            Name("process_name", ProcessOf(core), 0, cores == 1 ? target : FormattableString.Invariant($"{target}, core {core}"));
    }

    /// <summary>The track of a slice.</summary>
    public int Of(in Slice slice)
    {
        if (_tracks.TryGetValue((slice.Lane, slice.Row), out var track)) return track;
        track = _tracks.Count + 1;
        _tracks.Add((slice.Lane, slice.Row), track);
        var process = ProcessOf(slice.Lane.Core);
        var more = slice.Row == 0 ? "" : FormattableString.Invariant($" ({slice.Row + 1})");
        Name("thread_name", process, track, slice.Lane.Title + more);
        var json = writer.Begin("M", process, track);
        json.WriteString("name"u8, "thread_sort_index"u8);
        json.WriteStartObject("args"u8);
        json.WriteNumber("sort_index"u8, slice.Lane.Place * Rows + slice.Row);
        json.WriteEndObject();
        writer.End();
        return track;
    }

    private void Name(string what, int process, int track, string name)
    {
        var json = writer.Begin("M", process, track);
        json.WriteString("name"u8, what);
        json.WriteStartObject("args"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
        writer.End();
    }
}
