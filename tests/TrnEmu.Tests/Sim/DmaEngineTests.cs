using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// DMA engines that stand alike are served in one step; each does what it would do if it were looked at alone.
/// </summary>
public sealed class DmaEngineTests
{
    private const int Queues = 3;
    private const int Transfers = 40;

    [Fact]
    public void Each_engine_serves_its_queues_in_turns()
    {
        Property.ForAll(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var (program, moved) = Draw(random);
            var model = new DrawnModel(seed, ordersWrites: random.Next(2) == 0);
            var stream = FlatStream.Build(program.Build(), model.Generation);
            var recording = TimePass.Run(stream, model, new TimeOptions { RecordInstructions = true }).Recording!;
            for (var e = 0; e < Limits.DmaEngines; e++)
            {
                foreach (var (transfer, start, free, end) in Alone(e, moved, recording, model))
                {
                    var slot = transfer * Limits.DmaEngines + e;
                    Assert.Equal(
                        (start, free, end), (recording.ShareStart[slot], recording.ShareFree[slot], recording.ShareEnd[slot]));
                }
            }
        });
    }

    private static (TestProgram Program, (int Queue, DmaTransfer Transfer)[] Moved) Draw(Random random)
    {
        var program = new TestProgram();
        var moved = new (int Queue, DmaTransfer Transfer)[Transfers];
        for (var t = 0; t < Transfers; t++)
        {
            program.Add(Engine.Sync, TestWork.Items(random.Next(1, 5)));
            // All engines alike, some of them, or parts of one.
            var (start, rows) = random.Next(3) switch
            {
                0 => (0, 128),
                1 => (8 * random.Next(8), 8 * random.Next(1, 9)),
                _ => (random.Next(60), random.Next(1, 68)),
            };
            var load = TestDma.Load(rows, 64 * random.Next(1, 4), start);
            moved[t] = (random.Next(Queues), load.Transfer);
            program.Add(Engine.Sync, load, moved[t].Queue, []);
        }

        return (program, moved);
    }

    /// <summary>What one engine does, from when transfers entered their queues.</summary>
    private static IEnumerable<(int Transfer, long Start, long Free, long End)> Alone(
        int engine, (int Queue, DmaTransfer Transfer)[] moved, Recording recording, DrawnModel model)
    {
        var queues = Enumerable.Range(0, Queues)
            .Select(q => new Queue<int>(Enumerable.Range(0, Transfers).Where(t => moved[t].Queue == q))).ToArray();
        var ready = new long[Queues];
        var (free, last) = (0L, -1);
        while (queues.Any(q => q.Count > 0))
        {
            var starts = queues
                .Select((q, i) => q.Count == 0 ? long.MaxValue : Math.Max(Math.Max(free, ready[i]), recording.Arrived[q.Peek()]))
                .ToArray();
            var now = starts.Min();
            last = Enumerable.Range(1, Queues).Select(i => (last + i + Queues) % Queues).First(q => starts[q] == now);
            var t = queues[last].Dequeue();
            var transfer = moved[t].Transfer;
            var rows = Enumerable.Range(transfer.StartPartition, transfer.Rows).Count(r => r / 8 == engine);
            var price = model.Share(transfer, rows);
            free = now + price.Occupancy;
            if (model.Times.OrdersWrites && rows > 0) ready[last] = now + Math.Max(price.Occupancy, price.Latency);
            yield return (t, now, free, now + price.Latency);
        }
    }

    /// <summary>
    /// Prices so far apart that nothing happens at one time by chance; engines that are seldom idle, or mostly.
    /// </summary>
    private sealed class DrawnModel(int seed, bool ordersWrites) : ITimingModel
    {
        public int Generation => 3;

        public MachineTimes Times { get; } = new() { OrdersWrites = ordersWrites };

        public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable) =>
            Drawn(instruction.Items, (int)instruction.Class, 50_000_000 << (seed % 6));

        public Price Share(in DmaTransfer transfer, int rows) => Drawn(rows, (int)transfer.RowBytes, 1_000_000_000);

        private Price Drawn(int a, int b, int most)
        {
            var random = new Random(seed ^ (a * 7919) ^ (b * 104_729));
            return new Price(random.Next(1, most), random.Next(1, most));
        }
    }
}
