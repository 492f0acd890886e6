using TrnEmu.Core.Isa;
using TrnEmu.Reports.Lanes;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Html.Data;

/// <summary>When every instruction, wait and transfer of a run was. Times are picoseconds.</summary>
internal sealed class RunTimes : ISliceSink
{
    private readonly FlatStream _stream;
    private readonly int[] _transferOf;

    /// <summary>Makes room.</summary>
    public RunTimes(FlatStream stream)
    {
        _stream = stream;
        var (instructions, transfers) = (stream.EngineInstructions, stream.TransferCount);
        (Start, Free, Done) = (new long[instructions], new long[instructions], new long[instructions]);
        (Entry, Lane) = (new long[instructions], new long[instructions]);
        (MoveStart, MoveEnd, MoveBytes) = (new long[transfers], new long[transfers], new long[transfers]);
        _transferOf = new int[stream.Entries];
        for (var t = 0; t < transfers; t++) _transferOf[stream.EntryOfTransfer(t)] = t;
    }

    /// <summary>Start of each engine instruction.</summary>
    public long[] Start { get; }

    /// <summary>When its engine was free again.</summary>
    public long[] Free { get; }

    /// <summary>When its effect was there.</summary>
    public long[] Done { get; }

    /// <summary>Its operation, counted over all cores.</summary>
    public long[] Entry { get; }

    /// <summary>Core times five, and its engine from 0.</summary>
    public long[] Lane { get; }

    /// <summary>First packet of each transfer.</summary>
    public long[] MoveStart { get; }

    /// <summary>When its last byte was written.</summary>
    public long[] MoveEnd { get; }

    /// <summary>Bytes that it moved.</summary>
    public long[] MoveBytes { get; }

    /// <summary>Waits of engines, in the order in which they were told.</summary>
    public List<WaitTime> Waits { get; } = [];

    /// <inheritdoc/>
    public void OnShare(int core, int entry, long bytes, long start, long end)
    {
    }

    /// <inheritdoc/>
    public void OnSlice(in Slice slice)
    {
        if (slice.Lane.Kind == LaneKind.Queue)
        {
            var t = _transferOf[slice.Entry];
            (MoveStart[t], MoveEnd[t], MoveBytes[t]) = (slice.Start, slice.End, slice.Bytes);
            return;
        }

        var lane = slice.Lane.Core * FlatStream.LanesPerCore + slice.Lane.Number - 1;
        if (slice.IsWait)
        {
            Waits.Add(new WaitTime(lane, slice.Entry, slice.Cause, slice.Start, slice.End));
            return;
        }

        var i = slice.Instruction;
        (Start[i], Free[i], Done[i], Entry[i], Lane[i]) = (slice.Start, slice.End, slice.Done, slice.Entry, lane);
    }
}

/// <summary>A wait of an engine.</summary>
/// <param name="Lane">Core times five, and the engine from 0.</param>
/// <param name="Entry">Operation that waited.</param>
/// <param name="Cause">Engine that ended the wait; None for DMA.</param>
/// <param name="Start">Start in picoseconds.</param>
/// <param name="End">End.</param>
internal readonly record struct WaitTime(int Lane, int Entry, Engine Cause, long Start, long End);
