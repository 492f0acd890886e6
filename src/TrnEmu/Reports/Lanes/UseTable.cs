using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Lanes;

/// <summary>What each source line and each kind of operation took of a run. The parts add up to the run's.</summary>
internal sealed class UseTable : ISliceSink
{
    private readonly FlatStream _stream;
    private readonly Dictionary<SourceSpan, Use> _lines = [];
    private readonly Dictionary<string, Use> _names = [];
    private readonly Dictionary<Lane, long> _frontier = [];

    /// <summary>Counts the operations; times come with the slices.</summary>
    public UseTable(FlatStream stream)
    {
        _stream = stream;
        foreach (var core in stream.Program.Cores)
        {
            foreach (ref readonly var entry in core.Entries.Span)
            {
                if (!Unrolling.IsOfProgram(entry)) continue;
                LineOf(entry.Operation).Operations++;
                NameOf(entry.Operation).Operations++;
            }
        }
    }

    /// <summary>By file and line.</summary>
    public IReadOnlyDictionary<SourceSpan, Use> Lines => _lines;

    /// <summary>By the operation's name.</summary>
    public IReadOnlyDictionary<string, Use> Names => _names;

    /// <inheritdoc/>
    public void OnShare(int core, int entry, long bytes, long start, long end)
    {
    }

    /// <inheritdoc/>
    public void OnSlice(in Slice slice)
    {
        var operation = _stream.EntryAt(slice.Lane.Core, slice.Entry).Operation;
        Add(LineOf(operation), slice, out var time);
        Add(NameOf(operation), slice, out _);
        if (time > 0) _frontier[EngineOf(slice.Lane)] = slice.End;
    }

    private static Lane EngineOf(Lane lane) => lane with { Kind = LaneKind.Engine };

    /// <summary>An engine's time counts once: loads behind a multiplication, and parts of the array side by side, add
    /// what they hold the engine longer.</summary>
    private void Add(Use use, in Slice slice, out long time)
    {
        time = 0;
        if (slice.Lane.Kind == LaneKind.Queue)
        {
            use.Bytes += slice.Bytes;
            return;
        }

        time = Math.Max(0, slice.End - _frontier.GetValueOrDefault(EngineOf(slice.Lane)));
        if (slice.IsWait) use.Stalled += time;
        else use.Hold((Engine)slice.Lane.Number, time);
    }

    private Use LineOf(Operation operation) => Of(_lines, operation.Span with { Node = 0 });

    private Use NameOf(Operation operation) => Of(_names, operation.Info.Name);

    private static Use Of<T>(Dictionary<T, Use> uses, T key)
        where T : notnull
    {
        if (!uses.TryGetValue(key, out var use)) uses.Add(key, use = new Use());
        return use;
    }
}
