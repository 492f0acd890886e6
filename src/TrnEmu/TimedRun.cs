using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu;

/// <summary>A timed program with what it takes to explain its time, and to time it again otherwise.</summary>
public sealed class TimedRun
{
    private readonly ChipTimingModel _model;
    private readonly PricedStream _prices;
    private readonly Lazy<RunAttribution?> _attribution;
    private readonly Dictionary<Costs, long> _without = [];

    private TimedRun(Program program, Chip chip, long limit)
    {
        (Chip, Limit) = (chip, limit);
        _model = new ChipTimingModel(chip);
        _prices = PricedStream.Of(FlatStream.Build(program, chip.Generation), _model);
        Nodes = Recording.NodesOf(_prices.Stream);
        Timeline = TimePass.Run(_prices, new TimeOptions { RecordInstructions = Nodes <= limit });
        _attribution = new(() => Timeline.Recording is null ? null : RunAttribution.Of(_prices, Timeline));
    }

    /// <summary>The chip it is timed on.</summary>
    public Chip Chip { get; }

    /// <summary>When what happened.</summary>
    public Timeline Timeline { get; }

    /// <summary>Engine instructions, transfers and shares.</summary>
    public long Nodes { get; }

    /// <summary>As many of them are recorded at most.</summary>
    public long Limit { get; }

    /// <summary>
    /// Why it takes that long, found when first asked for; null where the program has more than
    /// <see cref="Limit"/> nodes.
    /// </summary>
    public RunAttribution? Attribution => _attribution.Value;

    /// <summary>
    /// Times a straight program whose operations are placed; larger ones than the limit are not recorded.
    /// </summary>
    /// <exception cref="Core.Diagnostics.TrnException">
    /// As <see cref="TimePass.Run(Program, Chip, TimeOptions?)"/>.
    /// </exception>
    public static TimedRun Of(Program program, Chip chip, long limit = RunAttribution.DefaultLimit) =>
        new(program, chip, limit);

    /// <summary>What each instruction and transfer waited for; null where <see cref="Attribution"/> is.</summary>
    public Bindings? Bindings() => Sim.Attribution.Bindings.Of(_prices, Timeline);

    /// <summary>Elapsed time in picoseconds if some costs were zero.</summary>
    public long Without(Costs costs)
    {
        if (_without.TryGetValue(costs, out var elapsed)) return elapsed;
        return _without[costs] = TimePass.Run(_prices.Stream, new WithoutModel(_model, costs)).Elapsed;
    }

    /// <summary>A core's place under its roofs.</summary>
    public Roofline Roofline(int core) => Sim.Attribution.Roofline.Of(_prices, Chip, Timeline.Cores[core], core);

    /// <summary>Bytes that each operation, counted over all cores, reads from HBM and writes there by DMA.</summary>
    public long[] HbmBytesOfEntries()
    {
        var bytes = new long[_prices.Stream.Entries];
        for (var i = 0; i < _prices.Stream.TransferCount; i++)
        {
            var t = Transfer(i);
            var all = t.Rows * t.RowBytes;
            bytes[_prices.Stream.EntryOfTransfer(i)] += t.HbmReadOf(all) + t.HbmWrittenOf(all);
        }

        return bytes;
    }

    /// <summary>The timed program as arrays; its entries are counted over all cores.</summary>
    internal FlatStream Stream => _prices.Stream;

    /// <summary>Plays the run once more, telling an observer what happens when; at any size, nothing is kept.</summary>
    public void Replay(ITimeObserver observer) => TimePass.Run(_prices, new TimeOptions { Observer = observer });

    /// <summary>What a transfer of the stream moves.</summary>
    public DmaTransfer Transfer(int index) => _prices.Stream.Transfer(index);

    /// <summary>Price of a full share, eight rows, of a transfer.</summary>
    internal Price Share(in DmaTransfer transfer) => _model.Share(transfer, Core.Memory.Limits.PartitionsPerDmaEngine);
}
