using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// Any prices, but the same for the same work: what schedules must be right under. With <paramref name="shares"/>,
/// engines take turns at ports, and transfers at HBM and its channels.
/// </summary>
internal sealed class RandomModel(int seed, bool shares = false) : ITimingModel
{
    private const int Most = 5000;

    public int Generation => 3;

    public MachineTimes Times { get; } = new()
    {
        Semaphore = Draw(seed, 1),
        DmaEndToEngine = Draw(seed, 2),
        Generation = Draw(seed, 3),
        GeneratesByDefault = seed % 2 != 0,
        OrdersWrites = seed % 3 != 0,
        TriggerToPacket = [.. Enumerable.Range(4, (int)Engine.Sync + 1).Select(i => Draw(seed, i))],
        Preamble = Draw(seed, 20),
        Epilogue = Draw(seed, 21),
        CoreReadPerByte = shares ? Draw(seed, 22) / 1000.0 : 0,
        ChipPerByte = shares ? Draw(seed, 23) / 1000.0 : 0,
    };

    public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable)
    {
        var occupancy = Draw(seed, (int)engine, (int)instruction.Class, instruction.Items);
        var stream = Math.Min(occupancy, Draw(seed, 101, instruction.Items));
        return new Price(
            occupancy, occupancy + Draw(seed, 100, (int)instruction.Class, (int)engine), Stream: stream);
    }

    public ushort Claims(Engine engine, in Instruction instruction) =>
        shares && engine != Engine.Tensor ? (ushort)(Draw(seed, 30, (int)engine, instruction.Items % 4) & 0x303) : (ushort)0;

    public double ChannelsPerByte(in DmaTransfer transfer) => shares ? Draw(seed, 31, transfer.Rows % 3) / 1000.0 : 0;

    public Price Share(in DmaTransfer transfer, int rows)
    {
        var data = rows == 0 ? 0 : Draw(seed, 200) * rows;
        return new Price(data + Draw(seed, 201), data + Draw(seed, 202));
    }

    /// <summary>A mix of the numbers (splitmix64), reduced to 0..Most.</summary>
    private static long Draw(params ReadOnlySpan<int> numbers)
    {
        var hash = 0UL;
        foreach (var number in numbers)
        {
            hash += 0x9E3779B97F4A7C15UL + (uint)number;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            hash ^= hash >> 31;
        }

        return (long)(hash % (Most + 1));
    }
}
