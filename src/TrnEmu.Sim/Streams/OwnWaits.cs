using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// Waits of an engine for itself: what it computed before. An engine executes in order, so that the instruction which
/// ends such a wait is known beforehand.
/// </summary>
internal static class OwnWaits
{
    private const int Nobody = -1;
    private const int Several = -2;

    /// <summary>
    /// For each wait of the stream the instruction of the same engine that ends it, or -1 where others signal the
    /// semaphore too, where it adds other than 1, where a DMA engine is what waits (for all of a result), or on engines
    /// that do not compute element by element.
    /// </summary>
    public static int[] ProducersOf(FlatStream stream)
    {
        var producers = new int[stream.WaitSemaphore.Length];
        Array.Fill(producers, Nobody);
        var owners = Owners(stream);
        var (first, producer) = Signals(stream, owners);
        var counts = new int[owners.Length];
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++)
        {
            if (!Streams(lane)) continue;
            for (var i = stream.LaneBase[lane]; i < stream.LaneBase[lane + 1]; i++)
            {
                for (var w = stream.FirstWait(i); w < stream.WaitEnd[i]; w++)
                {
                    var (semaphore, value) = (stream.WaitSemaphore[w], stream.WaitValue[w]);
                    var isOwn = owners[semaphore] == lane && value > 0 && value <= counts[semaphore];
                    if (isOwn && stream.TransferOf[i] < 0) producers[w] = producer[first[semaphore] + value - 1];
                }

                for (var s = stream.FirstSignal(i); s < stream.SignalEnd[i]; s++) counts[stream.SignalSemaphore[s]]++;
            }
        }

        return producers;
    }

    /// <summary>
    /// True for engines that compute element by element; most instructions are Tensor's and need no look.
    /// </summary>
    private static bool Streams(int lane) => FlatStream.EngineOf(lane) is not (Engine.Tensor or Engine.Sync);

    /// <summary>The lane that alone signals each semaphore, by 1, if it computes element by element.</summary>
    private static int[] Owners(FlatStream stream)
    {
        var owners = new int[stream.Semaphores.Length];
        Array.Fill(owners, Nobody);
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++)
        {
            var isStreaming = Streams(lane);
            var (from, to) = (stream.FirstSignal(stream.LaneBase[lane]), stream.FirstSignal(stream.LaneBase[lane + 1]));
            for (var s = from; s < to; s++)
            {
                ref var owner = ref owners[stream.SignalSemaphore[s]];
                var isSole = isStreaming && (owner == Nobody || owner == lane) && stream.SignalAmount[s] == 1;
                owner = isSole ? lane : Several;
            }
        }

        foreach (var semaphore in stream.TransferSignalSemaphore) owners[semaphore] = Several;
        return owners;
    }

    /// <summary>The instructions that signal each semaphore of one owner, in their order.</summary>
    private static (int[] First, int[] Producer) Signals(FlatStream stream, int[] owners)
    {
        var first = new int[owners.Length + 1];
        foreach (var semaphore in stream.SignalSemaphore)
        {
            if (owners[semaphore] >= 0) first[semaphore + 1]++;
        }

        for (var s = 0; s < owners.Length; s++) first[s + 1] += first[s];
        var (next, producer) = (first[..^1], new int[first[^1]]);
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++)
        {
            if (!Streams(lane)) continue;
            var s = stream.FirstSignal(stream.LaneBase[lane]);
            for (var i = stream.LaneBase[lane]; i < stream.LaneBase[lane + 1]; i++)
            {
                for (; s < stream.SignalEnd[i]; s++)
                {
                    var semaphore = stream.SignalSemaphore[s];
                    if (owners[semaphore] >= 0) producer[next[semaphore]++] = i;
                }
            }
        }

        return (first, producer);
    }
}
