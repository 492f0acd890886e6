using System.Numerics;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Streams;

/// <summary>A stream with what each piece of it costs under one model.</summary>
public sealed class PricedStream
{
    private readonly SharePrice[] _shares;
    private readonly double[] _channelsPerByte;

    private PricedStream(FlatStream stream, ITimingModel model)
    {
        Stream = stream;
        Model = model;
        Times = model.Times;
        Works = new WorkPrice[stream.Works.Length];
        _shares = new SharePrice[stream.Shapes.Length * Limits.DmaEngines];
        _channelsPerByte = new double[stream.Shapes.Length];
    }

    /// <summary>What is priced.</summary>
    public FlatStream Stream { get; }

    /// <summary>
    /// The times from start to completion of all instructions and transfers added up, waiting left out, split by how
    /// the numbers behind them are known. A transfer counts from its trigger to the engine that waits, by its longest
    /// share.
    /// </summary>
    public BasisTime Basis { get; private set; }

    /// <summary>What priced it.</summary>
    internal ITimingModel Model { get; }

    internal MachineTimes Times { get; }

    /// <summary>By work.</summary>
    internal WorkPrice[] Works { get; }

    /// <summary>By instruction.</summary>
    internal OfInstructions Instructions => new(Works, Stream.WorkOf);

    /// <summary>
    /// From an instruction's result being complete to when a later one of the same engine may have started: never
    /// later than a semaphore takes, earlier by as much as both stream element by element.
    /// </summary>
    internal long OwnDelay(int producer, int consumer) => Times.Semaphore
        - Math.Min(Instructions[producer].Streaming, Instructions[consumer].Streaming);

    /// <summary>
    /// Time for which a byte of a transfer holds the HBM channels that its rows meet in; 0 when they use all.
    /// </summary>
    internal double ChannelsPerByte(int transfer) => _channelsPerByte[Stream.ShapeOf[transfer]];

    /// <summary>True when the rows of some transfer meet in channels.</summary>
    internal bool MeetsInChannels { get; private set; }

    /// <summary>By share: 16 times the transfer and the DMA engine.</summary>
    internal OfShares Shares => new(_shares, Stream.ShapeOf);

    /// <summary>Prices every work and every share of a shape: each once, however often it occurs.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">The model has no price for some instruction.</exception>
    public static PricedStream Of(FlatStream stream, ITimingModel model)
    {
        var priced = new PricedStream(stream, model);
        for (var work = 0; work < stream.Works.Length; work++) priced.PriceWork(work, model);
        var longest = new BasisTime[stream.Shapes.Length];
        for (var shape = 0; shape < longest.Length; shape++) longest[shape] = priced.PriceShape(shape, model);
        for (var i = 0; i < stream.TransferCount; i++)
            priced.AddBasis(stream.Transfers[i], longest[stream.ShapeOf[i]]);
        return priced;
    }

    private void PriceWork(int number, ITimingModel model)
    {
        ref readonly var work = ref Stream.Works[number];
        var price = model.Instruction(work.Engine, work.Instruction, work.LoadedTable);
        Works[number] = new WorkPrice(
            price.Occupancy, price.Latency, price.Stream, model.Claims(work.Engine, work.Instruction), work.Instruction.Cells);
        Basis += price.Basis * Stream.WorkCounts[number];
    }

    /// <summary>Returns the time of the longest share.</summary>
    private BasisTime PriceShape(int number, ITimingModel model)
    {
        ref readonly var transfer = ref Stream.Shapes[number].Transfer;
        Span<int> rows = stackalloc int[Limits.DmaEngines];
        Spread(transfer.StartPartition, transfer.Rows, rows);
        _channelsPerByte[number] = model.ChannelsPerByte(transfer);
        MeetsInChannels |= _channelsPerByte[number] != 0;
        var shares = _shares.AsSpan(number * Limits.DmaEngines, Limits.DmaEngines);
        var longest = default(Price);
        var price = default(Price);
        for (var e = 0; e < Limits.DmaEngines; e++)
        {
            if (e == 0 || rows[e] != rows[e - 1]) price = model.Share(transfer, rows[e]);
            var bytes = rows[e] * transfer.RowBytes;
            shares[e] = new SharePrice(
                price.Occupancy, price.Latency, bytes, transfer.HbmReadOf(bytes), transfer.HbmWrittenOf(bytes), 0);
            if (price.Latency > longest.Latency) longest = price;
        }

        FindAlike(shares);
        return longest.Basis;
    }

    /// <summary>Tells each share which are like it; of sixteen only two or three differ.</summary>
    private static void FindAlike(Span<SharePrice> shares)
    {
        for (uint rest = (1U << Limits.DmaEngines) - 1, alike; rest != 0; rest &= ~alike)
        {
            alike = 0;
            var first = shares[BitOperations.TrailingZeroCount(rest)];
            for (var others = rest; others != 0; others &= others - 1)
            {
                var e = BitOperations.TrailingZeroCount(others);
                if (shares[e] == first) alike |= 1U << e;
            }

            first = first with { Engines = alike };
            for (var like = alike; like != 0; like &= like - 1) shares[BitOperations.TrailingZeroCount(like)] = first;
        }
    }

    private void AddBasis(in FlatTransfer flat, in BasisTime longest)
    {
        Basis += longest + Times.TransferBasis[(int)flat.Engine];
        if (Times.Delay(flat.Transfer, flat.Engine) > 0) Basis += Times.GenerationBasis;
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

    /// <summary>Prices of works, looked up by instruction.</summary>
    internal readonly struct OfInstructions(WorkPrice[] prices, int[] workOf)
    {
        public ref readonly WorkPrice this[int instruction] => ref prices[workOf[instruction]];
    }

    /// <summary>Prices of the shares of shapes, looked up by the share of a transfer.</summary>
    internal readonly struct OfShares(SharePrice[] prices, int[] shapeOf)
    {
        public ref readonly SharePrice this[int share]
        {
            get
            {
                var (transfer, engine) = ((int)((uint)share / Limits.DmaEngines), (int)((uint)share % Limits.DmaEngines));
                return ref prices[shapeOf[transfer] * Limits.DmaEngines + engine];
            }
        }
    }
}
