using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>What a part of the critical path is about, as advice goes.</summary>
internal enum PathTheme : byte
{
    /// <summary>An engine works.</summary>
    Work,

    /// <summary>Function tables are loaded.</summary>
    TableLoad,

    /// <summary>The array is cold.</summary>
    Slowed,

    /// <summary>Results are on their way from engine to engine.</summary>
    HandOver,

    /// <summary>Descriptors are made, one transfer's after the other's.</summary>
    Generation,

    /// <summary>A transfer is started, or its end is seen.</summary>
    DmaLatency,

    /// <summary>A transfer's data moves.</summary>
    DmaData,
}

/// <summary>Which way a transfer goes.</summary>
internal enum Direction : byte
{
    /// <summary>It is no transfer.</summary>
    None,

    /// <summary>From HBM.</summary>
    Load,

    /// <summary>To HBM.</summary>
    Store,

    /// <summary>Within a memory, or between cores.</summary>
    Copy,
}

/// <summary>What stretches of the critical path are put together by.</summary>
/// <param name="Kind">What the time is spent on; of a few that belong together, the first.</param>
/// <param name="Direction">Of a transfer.</param>
/// <param name="Engine">The engine that works; None for the other kinds.</param>
internal readonly record struct PathKey(PathKind Kind, Direction Direction, Engine Engine)
{
    /// <summary>What it is about.</summary>
    public PathTheme Theme => Kind switch
    {
        PathKind.Work => PathTheme.Work,
        PathKind.Slowed => PathTheme.Slowed,
        PathKind.TableLoad => PathTheme.TableLoad,
        PathKind.Transfer or PathKind.Bandwidth => PathTheme.DmaData,
        _ => Kind.IsDma() ? PathTheme.DmaLatency : PathTheme.HandOver,
    };

    /// <summary>For people.</summary>
    public string Label => Kind switch
    {
        PathKind.Work => $"{Engine.Title()} works",
        PathKind.Slowed => $"{Engine.Title()} works at the cold array's rate",
        PathKind.TableLoad => $"{Engine.Title()} loads function tables",
        PathKind.StationaryLoad => "Tensor loads a stationary matrix that it had to wait for",
        PathKind.Latency => $"{Engine.Title()}'s result on its way to who waits for it",
        PathKind.Generation => $"{Plural}: descriptors are made",
        PathKind.TriggerToPacket => $"{Plural}: from the trigger to the first packet",
        PathKind.Transfer => $"{Plural}: data moves",
        PathKind.Bandwidth => $"{Plural}: data moves no faster than HBM and its ports",
        PathKind.WriteLatency => $"{Plural}: from the last packet to the engine that waits",
        _ => Kind.Name(),
    };

    /// <summary>Loads, stores or copies.</summary>
    public string Plural => Direction switch { Direction.Load => "loads", Direction.Store => "stores", _ => "copies" };
}

/// <summary>A part of the critical path.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Time">Picoseconds.</param>
/// <param name="Count">How often the path goes through it.</param>
/// <param name="Place">Operation and source line where most of it is spent.</param>
/// <param name="Places">Number of such places.</param>
internal sealed record PathPart(PathKey Key, long Time, int Count, string Place, int Places);
