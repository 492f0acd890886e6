using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Events;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim;

/// <summary>Times a program: in-order engines and DMA queues joined by semaphores. Never looks at data.</summary>
public static class TimePass
{
    /// <summary>Times a program on a chip.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">
    /// The program is not placed, the chip has no price for some instruction, or the program deadlocks.
    /// </exception>
    public static Timeline Run(Program program, Chip chip, TimeOptions? options = null)
    {
        var model = new ChipTimingModel(chip, options);
        return Run(FlatStream.Build(program, model.Generation), model, options);
    }

    /// <summary>Times a stream under a model.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">As above.</exception>
    public static Timeline Run(FlatStream stream, ITimingModel model, TimeOptions? options = null) =>
        Run(PricedStream.Of(stream, model), options);

    /// <summary>Times a stream whose prices are known; the fastest way to time one program again and again.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">The program deadlocks.</exception>
    public static Timeline Run(PricedStream prices, TimeOptions? options = null)
    {
        options ??= new TimeOptions();
        var recording = options.RecordInstructions ? new Recording(prices.Stream) : null;
        var loop = new EventLoop(prices, options.Observer, recording);
        loop.Run();
        Deadlock.ThrowIfStuck(prices.Stream, loop);
        return TimelineOf(prices, loop, recording);
    }

    private static Timeline TimelineOf(PricedStream prices, EventLoop loop, Recording? recording)
    {
        long elapsed = 0;
        foreach (ref readonly var lane in loop.Lanes)
            elapsed = Math.Max(elapsed, Math.Max(lane.Completed, lane.Frontier));
        foreach (var dma in loop.Dma) elapsed = Math.Max(elapsed, dma.End);
        return new Timeline
        {
            Elapsed = elapsed,
            ElapsedWithRuntime = prices.Times.Preamble + elapsed + prices.Times.Epilogue,
            Cores = [.. Enumerable.Range(0, prices.Stream.Cores)
                .Select(c => CoreOf(prices.Stream, loop, recording, c, elapsed))],
            Basis = prices.Basis,
            Recording = recording,
        };
    }

    private static CoreTimes CoreOf(FlatStream stream, EventLoop loop, Recording? recording, int core, long elapsed)
    {
        var entries = stream.EntryBase[core]..stream.EntryBase[core + 1];
        var dma = loop.Dma[core];
        return new CoreTimes
        {
            EntryStart = loop.EntryStart.AsMemory(entries),
            EntryEnd = loop.EntryEnd.AsMemory(entries),
            Engines = [.. Enumerable.Range(core * FlatStream.LanesPerCore, FlatStream.LanesPerCore)
                .Select(l => EngineOf(stream, loop, recording, l, elapsed))],
            Dma = new DmaUse(dma.Transfers, dma.Bytes, dma.Busy, dma.Active, dma.HbmRead, dma.HbmWritten),
        };
    }

    private static EngineTimes EngineOf(
        FlatStream stream, EventLoop loop, Recording? recording, int index, long elapsed)
    {
        ref readonly var lane = ref loop.Lanes[index];
        var instructions = stream.LaneBase[index]..stream.LaneBase[index + 1];
        return new EngineTimes
        {
            Engine = FlatStream.EngineOf(index),
            Instructions = stream.LaneBase[index + 1] - stream.LaneBase[index],
            Busy = lane.Busy,
            Stalls = loop.Stalls[(index * EventLoop.Causes)..((index + 1) * EventLoop.Causes)],
            IdleTail = elapsed - lane.Frontier,
            InstructionStart = recording?.Start.AsMemory(instructions) ?? default,
            InstructionEnd = recording?.End.AsMemory(instructions) ?? default,
        };
    }
}
