using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>The critical path of a run by what its time is spent on.</summary>
internal sealed class PathSummary
{
    private readonly Dictionary<PathKey, Sum> _sums = [];

    /// <summary>Adds up a path.</summary>
    public PathSummary(TimedRun run, RunAttribution attribution)
    {
        (Run, Path) = (run, attribution.CriticalPath);
        var last = (Key: default(PathKey), Item: -1);
        for (var i = 0; i < Path.Count; i++)
        {
            var segment = Path[i];
            var key = KeyOf(i);

            // Latency and semaphore are one way of one result; else each instruction and transfer counts.
            var item = key.Theme == PathTheme.HandOver ? -1 : Math.Max(segment.Transfer, segment.Instruction);
            if (!_sums.TryGetValue(key, out var sum)) _sums.Add(key, sum = new Sum());
            sum.Add(segment, isNew: (key, item) != last);
            last = (key, item);
        }

        Parts = [.. _sums.Select(s => s.Value.Part(s.Key)).OrderByDescending(p => p.Time)];
    }

    /// <summary>What was run.</summary>
    public TimedRun Run { get; }

    /// <summary>The path.</summary>
    public IReadOnlyList<PathSegment> Path { get; }

    /// <summary>Its parts, longest first.</summary>
    public IReadOnlyList<PathPart> Parts { get; }

    /// <summary>A part of the elapsed time.</summary>
    public double Share(long time) => Run.Timeline.Elapsed > 0 ? (double)time / Run.Timeline.Elapsed : 0;

    /// <summary>What a stretch of the path counts to.</summary>
    public PathKey KeyOf(int index)
    {
        var segment = Path[index];
        return segment.Kind switch
        {
            PathKind.Work or PathKind.Slowed or PathKind.TableLoad =>
                new PathKey(segment.Kind, Direction.None, segment.Engine),
            PathKind.Latency => new PathKey(PathKind.Latency, Direction.None, segment.Engine),
            PathKind.Semaphore => new PathKey(PathKind.Latency, Direction.None, Producer(index)),
            PathKind.DmaSemaphore => new PathKey(PathKind.WriteLatency, DirectionOf(segment), Engine.None),
            _ when segment.Transfer >= 0 => new PathKey(segment.Kind, DirectionOf(segment), Engine.None),
            _ => new PathKey(segment.Kind, Direction.None, Engine.None),
        };
    }

    /// <summary>What a transfer of the path moves.</summary>
    public DmaTransfer Transfer(in PathSegment segment) => Run.Transfer(segment.Transfer);

    private Direction DirectionOf(in PathSegment segment)
    {
        var transfer = Transfer(segment);
        var (fromHbm, toHbm) = (transfer.Source == MemorySpace.Hbm, transfer.Destination == MemorySpace.Hbm);
        return fromHbm && !toHbm ? Direction.Load : toHbm && !fromHbm ? Direction.Store : Direction.Copy;
    }

    /// <summary>Before a semaphore stands the instruction that signals it.</summary>
    private Engine Producer(int index) => index > 0 ? Path[index - 1].Engine : Path[index].Engine;

    /// <summary>Operation and source line.</summary>
    public static string PlaceOf(string operation, SourceSpan where) =>
        where.File is null ? operation : $"{operation} {System.IO.Path.GetFileName(where.File)}:{where.Line}";

    private sealed class Sum
    {
        private readonly Dictionary<(string Name, SourceSpan Where), long> _places = [];
        private long _time;
        private int _count;

        public void Add(in PathSegment segment, bool isNew)
        {
            _time += segment.Time;
            if (isNew) _count++;
            var place = (segment.Operation.Info.Name, segment.Operation.Span with { Node = 0 });
            _places[place] = _places.GetValueOrDefault(place) + segment.Time;
        }

        public PathPart Part(in PathKey key)
        {
            var (name, where) = _places.MaxBy(p => p.Value).Key;
            return new PathPart(key, _time, _count, PlaceOf(name, where), _places.Count);
        }
    }
}
