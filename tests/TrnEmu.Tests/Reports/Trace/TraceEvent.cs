using System.Text.Json;

namespace TrnEmu.Tests.Reports.Trace;

/// <summary>An event of a trace as a reader of the file sees it; times in picoseconds.</summary>
internal sealed record TraceEvent(string Phase, int Process, int Track, long Time, long Duration, string Name, JsonElement All)
{
    public long End => Time + Duration;

    public bool IsWait => Name.StartsWith("wait ", StringComparison.Ordinal) && Phase == "X";

    public int Operation => Argument("operation").GetInt32();

    public JsonElement Argument(string name) => All.GetProperty("args").GetProperty(name);

    /// <summary>When its effect is there: told where that is not when the engine is free.</summary>
    public long Done => All.GetProperty("args").TryGetProperty("effect_at_us", out var at) ? Picoseconds(at) : End;

    public static TraceEvent[] Parse(byte[] file)
    {
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.GetProperty("traceEvents").EnumerateArray().Select(Of)];
    }

    public static long Picoseconds(JsonElement number) => checked((long)(number.GetDecimal() * 1_000_000));

    private static TraceEvent Of(JsonElement e) => new(
        e.GetProperty("ph").GetString()!, e.GetProperty("pid").GetInt32(), e.TryGetProperty("tid", out var track) ? track.GetInt32() : 0,
        e.TryGetProperty("ts", out var time) ? Picoseconds(time) : 0, e.TryGetProperty("dur", out var length) ? Picoseconds(length) : 0,
        e.GetProperty("name").GetString()!, e.Clone());
}
