using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// What came before each transfer and share on the things that they share with others; -1 for nothing.
/// </summary>
internal sealed class DmaOrder
{
    public DmaOrder(PricedStream prices, Recording recording)
    {
        var stream = prices.Stream;
        Trigger = new int[recording.Transfers];
        for (var i = 0; i < recording.Instructions; i++)
        {
            if (stream.TransferOf[i] is >= 0 and var transfer) Trigger[transfer] = i;
        }

        InQueue = new int[recording.Transfers];
        OnGenerator = Nothing(recording.Transfers);
        OnEngine = new int[recording.Transfers * Limits.DmaEngines];
        InQueueOnEngine = new int[recording.Transfers * Limits.DmaEngines];
        var queues = Nothing(stream.QueueNumbers.Length);
        var queueEngines = Nothing(stream.QueueNumbers.Length * Limits.DmaEngines);
        var generators = Nothing(GroupsOf(prices) * Generators);
        var engines = Nothing(GroupsOf(prices) * Limits.DmaEngines);
        foreach (var node in recording.Order)
        {
            if (node < recording.Instructions) continue;
            if (node < recording.FirstShare)
            {
                var t = node - recording.Instructions;
                Follow(InQueue, t, ref queues[stream.Transfers[t].Queue]);
                ref var generator = ref generators[GeneratorOf(prices, t)];
                if (prices.Times.Generates(stream.Transfers[t].Transfer)) Follow(OnGenerator, t, ref generator);
                continue;
            }

            var slot = node - recording.FirstShare;
            Follow(OnEngine, slot, ref engines[EngineOf(prices, slot)]);
            ref var queue = ref queueEngines[QueueOnEngine(stream, slot)];
            InQueueOnEngine[slot] = queue;
            // A share of nothing but the semaphore holds nobody up.
            if (prices.Shares[slot].Bytes > 0) queue = slot;
        }
    }

    /// <summary>Descriptor generators of a core.</summary>
    public const int Generators = 2;

    /// <summary>Instruction that triggers each transfer.</summary>
    public int[] Trigger { get; }

    /// <summary>The transfer that was triggered before each into its queue.</summary>
    public int[] InQueue { get; }

    /// <summary>
    /// The transfer whose descriptors its generator made before each's; of those that lie ready, nothing.
    /// </summary>
    public int[] OnGenerator { get; }

    /// <summary>The share before each on its DMA engine.</summary>
    public int[] OnEngine { get; }

    /// <summary>The share with data before each in its queue, on the same DMA engine.</summary>
    public int[] InQueueOnEngine { get; }

    /// <summary>Sets of sixteen DMA engines: one for each core, without arbitration one for each queue.</summary>
    public static int GroupsOf(PricedStream prices) =>
        prices.Times.Arbitrates ? prices.Stream.Cores : prices.Stream.QueueNumbers.Length;

    /// <summary>A transfer's generator, counted over all.</summary>
    public static int GeneratorOf(PricedStream prices, int transfer)
    {
        ref readonly var flat = ref prices.Stream.Transfers[transfer];
        return GroupOf(prices, flat) * Generators + Models.MachineTimes.GeneratorOf(flat.Transfer, flat.Engine);
    }

    /// <summary>A share's DMA engine, counted over all.</summary>
    public static int EngineOf(PricedStream prices, int slot) =>
        GroupOf(prices, prices.Stream.Transfers[slot / Limits.DmaEngines]) * Limits.DmaEngines
            + slot % Limits.DmaEngines;

    /// <summary>A share's queue on its DMA engine, counted over all.</summary>
    public static int QueueOnEngine(FlatStream stream, int slot) =>
        stream.Transfers[slot / Limits.DmaEngines].Queue * Limits.DmaEngines + slot % Limits.DmaEngines;

    private static int GroupOf(PricedStream prices, in FlatTransfer flat) => prices.Times.Arbitrates
        ? flat.Core : flat.Queue;

    private static void Follow(int[] before, int item, ref int last)
    {
        before[item] = last;
        last = item;
    }

    private static int[] Nothing(int count)
    {
        var nothing = new int[count];
        Array.Fill(nothing, -1);
        return nothing;
    }
}
