using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// What the timing pass allocates: arrays of known sizes, and nothing else that grows with the program.
/// </summary>
public sealed class StreamMemoryTests
{
    private const int Rounds = 20_000;
    private const int Slack = 1 << 16;
    private static readonly Chip Chip = Chip.Load("trn2");
    private static readonly ChipTimingModel Model = new(Chip);

    [Fact]
    public void Stream_and_prices_take_at_most_64_bytes_an_instruction()
    {
        var program = LongProgram.Of(Rounds);
        Price(program);
        var (allocated, prices) = Allocated(() => Price(program));
        Assert.Equal(Rounds * LongProgram.Instructions, prices.Stream.EngineInstructions);
        Assert.InRange((double)allocated / prices.Stream.EngineInstructions, 20, 64);
    }

    [Fact]
    public void Events_take_the_times_of_operations_and_transfers_and_nothing_for_instructions_and_signals()
    {
        var (once, twice) = (Price(LongProgram.Of(Rounds)), Price(LongProgram.Of(2 * Rounds)));
        TimePass.Run(twice);
        var more = Allocated(() => TimePass.Run(twice)).Bytes - Allocated(() => TimePass.Run(once)).Bytes;

        // Start and end of each operation, places and counts of transfers.
        const int OfRound = 16 * LongProgram.Operations + 8 * LongProgram.Transfers;
        Assert.InRange(more, (long)Rounds * OfRound - Slack, (long)Rounds * OfRound + Slack);
    }

    [Fact]
    public void A_million_recorded_instructions_take_under_300_MB()
    {
        const int Million = 1_000_000;
        var program = LongProgram.Of(Million / LongProgram.Instructions + 1);
        var options = new TimeOptions { RecordInstructions = true };
        var (allocated, timeline) = Allocated(() => TimePass.Run(program, Chip, options));
        Assert.InRange(timeline.Cores[0].Engines.Sum(e => e.InstructionEnd.Length), Million, int.MaxValue);
        Assert.InRange(allocated, 0, 300_000_000);
    }

    private static PricedStream Price(Program program) =>
        PricedStream.Of(FlatStream.Build(program, Chip.Generation), Model);

    private static (long Bytes, T Result) Allocated<T>(Func<T> run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, result);
    }
}
