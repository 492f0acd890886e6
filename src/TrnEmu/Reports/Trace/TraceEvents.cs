using System.Text.Json;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.Reports.Lanes;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Trace;

/// <summary>Writes slices as events, and remembers where arrows between them begin and end.</summary>
internal sealed class TraceEvents(FlatStream stream, TraceWriter writer, TrackTable tracks, HbmRate[] rates) : ISliceSink
{
    private readonly ArgumentText _arguments = new(stream.Program);
    private readonly int[] _transfers = TransfersOf(stream);
    private readonly bool[] _told = new bool[stream.Entries];
    private readonly Place[] _first = new Place[stream.Entries];
    private readonly Place[] _last = new Place[stream.Entries];

    /// <summary>First instruction of an operation.</summary>
    public Place FirstOf(int entry) => _first[entry];

    /// <summary>What ends an operation: its last instruction or its transfer.</summary>
    public Place LastOf(int entry) => _last[entry];

    /// <summary>True for an operation that moves data by DMA.</summary>
    public bool IsTransfer(int entry) => _transfers[entry] >= 0;

    /// <inheritdoc/>
    public void OnShare(int core, int entry, long bytes, long start, long end) =>
        rates[core].Add(stream.Transfer(_transfers[entry]), bytes, start, end);

    /// <inheritdoc/>
    public void OnSlice(in Slice slice)
    {
        var track = tracks.Of(slice);
        var operation = stream.EntryAt(slice.Lane.Core, slice.Entry).Operation;
        var json = writer.Begin("X", TrackTable.ProcessOf(slice.Lane.Core), track);
        writer.Time("ts"u8, slice.Start);
        writer.Time("dur"u8, slice.End - slice.Start);
        json.WriteString("name"u8, NameOf(slice, operation));
        json.WriteStartObject("args"u8);
        if (!slice.IsWait) WriteArguments(json, slice, operation, new Place(track, slice.Start));
        json.WriteNumber("operation"u8, slice.Entry);
        json.WriteEndObject();
        writer.End();
    }

    /// <summary>
    /// An operation's first instruction tells its arguments, not the others; but one that is shown behind another does not.
    /// </summary>
    private void WriteArguments(Utf8JsonWriter json, in Slice slice, Operation operation, Place place)
    {
        if (_first[slice.Entry].Track == 0) _first[slice.Entry] = place;
        _last[slice.Entry] = place;
        if (slice.Lane.Kind == LaneKind.Queue || (slice.Lane.Kind == LaneKind.Engine && !_told[slice.Entry]))
        {
            _told[slice.Entry] = true;
            foreach (var (name, text) in _arguments.Of(operation)) json.WriteString(name, text);
            if (operation.Span.File is not null) json.WriteString("source"u8, operation.Span.ToString());
        }

        if (slice.Lane.Kind == LaneKind.Queue) json.WriteNumber("bytes"u8, slice.Bytes);
        else if (slice.Done != slice.End) writer.Time("effect_at_us"u8, slice.Done);
    }

    private static string NameOf(in Slice slice, Operation operation)
    {
        if (slice.IsWait) return slice.Cause == Engine.None ? "wait dma" : WaitNames[(int)slice.Cause];
        return slice.Lane.Kind == LaneKind.Loads ? "load_stationary" : operation.Info.Name;
    }

    private static readonly string[] WaitNames = [.. Enum.GetValues<Engine>().Select(e => $"wait {e.Name()}")];

    private static int[] TransfersOf(FlatStream stream)
    {
        var transfers = new int[stream.Entries];
        Array.Fill(transfers, -1);
        for (var i = 0; i < stream.TransferCount; i++) transfers[stream.EntryOfTransfer(i)] = i;
        return transfers;
    }

    /// <summary>Where an arrow can be fastened.</summary>
    /// <param name="Track">Track; 0 for none.</param>
    /// <param name="Time">Start of a slice of it, in picoseconds.</param>
    internal readonly record struct Place(int Track, long Time);
}
