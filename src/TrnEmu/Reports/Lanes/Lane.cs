using TrnEmu.Core.Isa;

namespace TrnEmu.Reports.Lanes;

/// <summary>What a lane of a timeline shows.</summary>
internal enum LaneKind : byte
{
    /// <summary>What an engine does, and what it waits for.</summary>
    Engine,

    /// <summary>Stationary matrices that Tensor loads behind the current multiplication.</summary>
    Loads,

    /// <summary>Transfers of a DMA queue, from the first byte to the last one written.</summary>
    Queue,
}

/// <summary>A lane of a timeline.</summary>
/// <param name="Core">Core.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Number">Engine, or the program's number of the queue.</param>
internal readonly record struct Lane(int Core, LaneKind Kind, int Number)
{
    /// <summary>For people.</summary>
    public string Title => Kind switch
    {
        LaneKind.Engine => ((Engine)Number).Title(),
        LaneKind.Loads => "Tensor: loads",
        _ => FormattableString.Invariant($"DMA queue {Number}"),
    };

    /// <summary>Place in a core: the loads stand below their engine, queues below all engines.</summary>
    public int Place => Kind switch
    {
        LaneKind.Engine => 2 * Number,
        LaneKind.Loads => 2 * Number + 1,
        _ => 2 * (int)Engine.Sync + 2 + Number,
    };
}
