using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>What came before each transfer and share on the things that they share with others; -1 for nothing.</summary>
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
        var (queues, generators) = (Nothing(stream.QueueNumbers.Length), Nothing(stream.Cores * Generators));
        var engines = Nothing(stream.Cores * Limits.DmaEngines);
        foreach (var node in recording.Order)
        {
            if (node < recording.Instructions) continue;
            if (node < recording.FirstShare)
            {
                var t = node - recording.Instructions;
                Follow(InQueue, t, ref queues[stream.Transfers[t].Queue]);
                ref var generator = ref generators[GeneratorOf(stream.Transfers[t])];
                if (prices.Times.Generates(stream.Transfers[t].Transfer)) Follow(OnGenerator, t, ref generator);
                continue;
            }

            var slot = node - recording.FirstShare;
            var core = stream.Transfers[slot / Limits.DmaEngines].Core;
            Follow(OnEngine, slot, ref engines[core * Limits.DmaEngines + slot % Limits.DmaEngines]);
        }
    }

    /// <summary>Generators of a core: one serves Sync, the other the rest.</summary>
    public const int Generators = 2;

    /// <summary>Instruction that triggers each transfer.</summary>
    public int[] Trigger { get; }

    /// <summary>The transfer that was triggered before each into its queue.</summary>
    public int[] InQueue { get; }

    /// <summary>The transfer whose descriptors its generator made before each's; of those that lie ready, nothing.</summary>
    public int[] OnGenerator { get; }

    /// <summary>The share before each on its DMA engine.</summary>
    public int[] OnEngine { get; }

    /// <summary>A transfer's generator, counted over the cores.</summary>
    public static int GeneratorOf(in FlatTransfer transfer) =>
        transfer.Core * Generators + (transfer.Engine == Engine.Sync ? 0 : 1);

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
