using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// What engines ring to start transfers: descriptors are made if they do not lie ready, then travel to the DMA engines,
/// in order within a queue.
/// </summary>
/// <param name="prices">The stream.</param>
/// <param name="heap">Where arrivals are announced.</param>
/// <param name="firstQueue">First of its queues.</param>
/// <param name="queues">Number of its queues.</param>
/// <param name="recording">Told when descriptors began to be made and had arrived.</param>
internal sealed class Doorbell(PricedStream prices, EventHeap heap, int firstQueue, int queues, Recording? recording)
{
    private readonly FlatTransfer[] _transfers = prices.Stream.Transfers;
    private readonly MachineTimes _times = prices.Times;
    private readonly long[] _generatorFree = new long[2];
    private readonly long[] _lastArrival = new long[queues];

    /// <summary>Rings it for a transfer.</summary>
    public void Ring(long now, int transfer)
    {
        ref readonly var flat = ref _transfers[transfer];
        if (_times.Generates(flat.Transfer))
        {
            ref var generator = ref _generatorFree[MachineTimes.GeneratorOf(flat.Transfer, flat.Engine)];
            now = Math.Max(generator, now);
            generator = now + _times.Generation;
        }

        ref var last = ref _lastArrival[flat.Queue - firstQueue];
        last = Math.Max(last, now + _times.PacketAfter(flat.Transfer, flat.Engine));
        recording?.OnTransfer(transfer, now, last);
        heap.Push(last, EventKind.Arrival, transfer);
    }
}
