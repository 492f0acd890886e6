using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// When everything happened: start, free and end of each engine instruction and each DMA share, and when each
/// transfer's descriptors were made and had arrived. Times are picoseconds. About 28 bytes for each of them.
/// </summary>
/// <remarks>
/// All of these are numbered as nodes: the instructions first, as in the stream, then the transfers, then sixteen
/// shares for each transfer.
/// </remarks>
public sealed class Recording
{
    private readonly int[] _order;
    private int _count;

    internal Recording(FlatStream stream)
    {
        (Instructions, Transfers) = (stream.EngineInstructions, stream.TransferCount);
        var shares = Transfers * Limits.DmaEngines;
        (Start, Free, End) = (new long[Instructions], new long[Instructions], new long[Instructions]);
        (Begun, Arrived) = (new long[Transfers], new long[Transfers]);
        (ShareStart, ShareFree, ShareEnd) = (new long[shares], new long[shares], new long[shares]);
        _order = new int[NodesOf(stream)];
    }

    internal int Instructions { get; }

    internal int Transfers { get; }

    /// <summary>First node that is a share.</summary>
    internal int FirstShare => Instructions + Transfers;

    internal long[] Start { get; }

    /// <summary>When each instruction let go of its engine.</summary>
    internal long[] Free { get; }

    /// <summary>When each instruction, and all before it on its engine, had completed.</summary>
    internal long[] End { get; }

    /// <summary>When the descriptors of each transfer began to be made; when it was triggered where they lie ready.</summary>
    internal long[] Begun { get; }

    /// <summary>When each transfer entered its queue.</summary>
    internal long[] Arrived { get; }

    internal long[] ShareStart { get; }

    internal long[] ShareFree { get; }

    internal long[] ShareEnd { get; }

    /// <summary>
    /// The nodes in the order in which they were scheduled: what bounds a node stands before it.
    /// </summary>
    internal ReadOnlySpan<int> Order => _order.AsSpan(0, _count);

    /// <summary>Instructions, transfers and shares that a recording of the stream has.</summary>
    public static long NodesOf(FlatStream stream) =>
        stream.EngineInstructions + (long)stream.TransferCount * (1 + Limits.DmaEngines);

    internal void OnInstruction(int i, long start, long free, long end)
    {
        (Start[i], Free[i], End[i]) = (start, free, end);
        _order[_count++] = i;
    }

    internal void OnTransfer(int t, long begun, long arrived)
    {
        (Begun[t], Arrived[t]) = (begun, arrived);
        _order[_count++] = Instructions + t;
    }

    internal void OnShare(int slot, long start, long free, long end)
    {
        (ShareStart[slot], ShareFree[slot], ShareEnd[slot]) = (start, free, end);
        _order[_count++] = FirstShare + slot;
    }
}
