using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;

namespace TrnEmu.Validation;

/// <summary>
/// Reads off a timeline what a profiler shows of a kernel that loads, computes on Scalar and stores: the first transfer
/// is the load, the last one the store. Shares are what one DMA engine moves of a transfer; those without bytes write
/// their semaphore only and count for nothing but the wait.
/// </summary>
internal sealed class Stages : ITimeObserver
{
    private readonly ChipTimingModel _model;
    private readonly int _load;
    private readonly int _store;
    private readonly int _compute;
    private readonly Instruction _activation;
    private readonly Dictionary<int, List<Share>> _shares = [];

    public Stages(Program program, ChipTimingModel model)
    {
        _model = model;
        var entries = program.Cores[0].Entries;
        _load = Array.FindIndex([.. entries], IsDma);
        _store = Array.FindLastIndex([.. entries], IsDma);
        _compute = Array.FindIndex([.. entries], e => e.Engine == Engine.Scalar && !IsDma(e));
        if (_compute >= 0) _activation = First(program, entries[_compute], model.Generation);
    }

    /// <summary>Every stage that a row can name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "load_trigger_to_packet", "load_packet", "load_hold", "load_all", "load_to_scalar", "table_load", "activate",
        "store_trigger_to_packet", "store_packet", "store_hold", "store_all",
    ];

    /// <summary>Nanoseconds of a stage; NaN where the kernel has none.</summary>
    public double this[string name, Timeline timeline]
    {
        get
        {
            const string Load = "load_";
            const string Store = "store_";
            var times = timeline.Cores[0];
            return name switch
            {
                "load_to_scalar" when _compute >= 0 && _load >= 0 => Wait(times),
                "table_load" when _compute >= 0 => Ns(Latency(0) - Latency(_activation.Table)),
                "activate" when _compute >= 0 => Ns(Latency(_activation.Table)),
                _ when name.StartsWith(Load, StringComparison.Ordinal) => Of(name[Load.Length..], _load, times),
                _ when name.StartsWith(Store, StringComparison.Ordinal) => Of(name[Store.Length..], _store, times),
                _ => double.NaN,
            };
        }
    }

    /// <inheritdoc/>
    public void OnInstruction(int core, Engine engine, int entry, int instruction, long start, long free, long end)
    {
    }

    /// <inheritdoc/>
    public void OnStall(int core, Engine engine, int entry, Engine cause, long start, long end)
    {
    }

    /// <inheritdoc/>
    public void OnShare(int core, int dmaEngine, int queue, int entry, long bytes, long start, long free, long end)
    {
        if (bytes == 0 || core != 0) return;
        if (!_shares.TryGetValue(entry, out var shares)) _shares.Add(entry, shares = []);
        shares.Add(new Share(start, free, end));
    }

    private static bool IsDma(Entry entry) => entry.Operation.Info.Attribute.IsDma;

    private static double Ns(long picoseconds) => picoseconds / 1e3;

    private static Instruction First(Program program, in Entry entry, int generation)
    {
        var sink = new ExpansionSink();
        sink.Begin(program, entry.Engine, generation);
        entry.Operation.Expand(sink);
        return sink.Instructions[0];
    }

    private double Wait(CoreTimes times) => Ns(times.EntryStart.Span[_compute] - times.EntryEnd.Span[_load]);

    private long Latency(byte loadedTable) => _model.Instruction(Engine.Scalar, _activation, loadedTable).Latency;

    /// <summary>
    /// packet: the longest share from its start until it is written; hold: how long a share holds its engine (median);
    /// all: from the first share's start until the last one is written.
    /// </summary>
    private double Of(string what, int entry, CoreTimes times)
    {
        if (entry < 0 || !_shares.TryGetValue(entry, out var shares)) return double.NaN;
        return what switch
        {
            "trigger_to_packet" => Ns(shares.Min(s => s.Start) - times.EntryStart.Span[entry]),
            "packet" => Ns(shares.Max(s => s.End - s.Start)),
            "hold" => Statistics.Median(shares.Select(s => Ns(s.Free - s.Start))),
            "all" => Ns(shares.Max(s => s.End) - shares.Min(s => s.Start)),
            _ => double.NaN,
        };
    }

    private readonly record struct Share(long Start, long Free, long End);
}
