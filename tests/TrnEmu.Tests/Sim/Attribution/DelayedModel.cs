using System.Reflection;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>
/// A model in which the last work of a stream completes later, and lets go of its engine later if asked.
/// </summary>
internal sealed class DelayedModel(ITimingModel model, FlatStream stream, long latency, long occupancy = 0)
    : ITimingModel
{
    private int _asked;

    /// <summary>The elapsed time when one instruction is delayed, and no other that does the same.</summary>
    public static long Elapsed(Program program, ITimingModel model, int instruction, long latency, long occupancy = 0)
    {
        var stream = FlatStream.Build(program, model.Generation);
        var work = stream.WorkOf[instruction];
        stream.WorkOf[instruction] = stream.Works.Length;
        stream.WorkCounts[work]--;
        Set(nameof(stream.WorkCounts), (int[])[.. stream.WorkCounts, 1]);
        Set(nameof(stream.Works), (Work[])[.. stream.Works, stream.Works[work]]);
        return TimePass.Run(stream, new DelayedModel(model, stream, latency, occupancy)).Elapsed;

        void Set(string name, object value) => typeof(FlatStream)
            .GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(stream, value);
    }

    public int Generation => model.Generation;

    public MachineTimes Times => model.Times;

    public Price Instruction(Engine engine, in Instruction work, byte loadedTable)
    {
        var price = model.Instruction(engine, work, loadedTable);
        return ++_asked == stream.Works.Length
            ? price with { Latency = price.Latency + latency, Occupancy = price.Occupancy + occupancy } : price;
    }

    public double ChannelsPerByte(in DmaTransfer transfer) => model.ChannelsPerByte(transfer);

    public ushort Claims(Engine engine, in Instruction instruction) => model.Claims(engine, instruction);

    public Price Share(in DmaTransfer transfer, int rows) => model.Share(transfer, rows);
}
