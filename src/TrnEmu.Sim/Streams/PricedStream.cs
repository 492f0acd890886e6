using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Streams;

/// <summary>A stream with what each piece of it costs under one model.</summary>
public sealed class PricedStream
{
    private PricedStream(FlatStream stream, MachineTimes times)
    {
        Stream = stream;
        Times = times;
        Occupancy = new long[stream.EngineInstructions];
        Latency = new long[stream.EngineInstructions];
        Claims = new ushort[stream.EngineInstructions];
        var shares = stream.TransferCount * Limits.DmaEngines;
        ShareOccupancy = new long[shares];
        ShareLatency = new long[shares];
        ShareBytes = new long[shares];
    }

    /// <summary>What is priced.</summary>
    public FlatStream Stream { get; }

    /// <summary>
    /// The times from start to completion of all instructions and transfers added up, waiting left out, split by how
    /// the numbers behind them are known. A transfer counts from its trigger to the engine that waits, by its longest
    /// share.
    /// </summary>
    public BasisTime Basis { get; private set; }

    internal MachineTimes Times { get; }

    internal long[] Occupancy { get; }

    internal long[] Latency { get; }

    /// <summary>What each instruction keeps from other engines of its core: see <see cref="PortClaims"/>.</summary>
    internal ushort[] Claims { get; }

    internal long[] ShareOccupancy { get; }

    internal long[] ShareLatency { get; }

    internal long[] ShareBytes { get; }

    /// <summary>Prices every instruction and share.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">The model has no price for some instruction.</exception>
    public static PricedStream Of(FlatStream stream, ITimingModel model)
    {
        var priced = new PricedStream(stream, model.Times);
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++) priced.PriceLane(lane, model);
        for (var i = 0; i < stream.TransferCount; i++) priced.PriceTransfer(i, model);
        return priced;
    }

    private void PriceLane(int lane, ITimingModel model)
    {
        var engine = FlatStream.EngineOf(lane);
        byte table = 0;
        var sum = default(BasisTime);
        for (var i = Stream.LaneBase[lane]; i < Stream.LaneBase[lane + 1]; i++)
        {
            ref readonly var instruction = ref Stream.Instructions[i];
            var price = model.Instruction(engine, instruction, table);
            if (instruction.Table != 0) table = instruction.Table;
            Occupancy[i] = price.Occupancy;
            Latency[i] = price.Latency;
            Claims[i] = model.Claims(engine, instruction);
            sum += price.Basis;
        }

        Basis += sum;
    }

    private void PriceTransfer(int index, ITimingModel model)
    {
        ref readonly var flat = ref Stream.Transfers[index];
        Span<int> rows = stackalloc int[Limits.DmaEngines];
        Spread(flat.Transfer.StartPartition, flat.Transfer.Rows, rows);
        var longest = default(Price);
        var price = default(Price);
        for (var e = 0; e < Limits.DmaEngines; e++)
        {
            if (e == 0 || rows[e] != rows[e - 1]) price = model.Share(flat.Transfer, rows[e]);
            var slot = index * Limits.DmaEngines + e;
            ShareOccupancy[slot] = price.Occupancy;
            ShareLatency[slot] = price.Latency;
            ShareBytes[slot] = rows[e] * flat.Transfer.RowBytes;
            if (price.Latency > longest.Latency) longest = price;
        }

        Basis += longest.Basis + Times.TransferBasis[(int)flat.Engine];
        if (Times.Generates(flat.Transfer)) Basis += Times.GenerationBasis;
    }

    /// <summary>
    /// Rows of each DMA engine: engine e moves partitions 8e..8e+7. Beyond partition 127 (HBM to HBM) it starts over.
    /// </summary>
    private static void Spread(int start, int rows, Span<int> perEngine)
    {
        for (long row = start, end = (long)start + rows; row < end;)
        {
            var block = row / Limits.PartitionsPerDmaEngine;
            var next = Math.Min(end, (block + 1) * Limits.PartitionsPerDmaEngine);
            perEngine[(int)(block % Limits.DmaEngines)] += (int)(next - row);
            row = next;
        }
    }
}
