using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>What a prediction is said to consist of, for times made by hand.</summary>
public sealed class DominanceTests
{
    [Fact]
    public void A_busy_engine_is_named() =>
        Expect("Tensor busy 80 %", busy: [80, 10, 0, 0, 30], stalls: (Engine.Tensor, Engine.None, 20));

    [Fact]
    public void Busy_DMA_engines_are_named() =>
        Expect("DMA engines held 90 %", busy: [10, 10, 0, 0, 0], held: 90, active: 95);

    [Fact]
    public void Where_none_is_busy_a_wait_is_named() =>
        Expect("Vector waits for DMA 70 %", busy: [0, 20, 10, 5, 40], stalls: (Engine.Vector, Engine.None, 70),
            active: 65);

    [Fact]
    public void Waits_for_engines_are_named() =>
        Expect("Tensor waits for Vector 45 %", busy: [50, 40, 0, 0, 0], stalls: (Engine.Tensor, Engine.Vector, 45));

    [Fact]
    public void Transfers_alone_are_named() =>
        Expect("DMA under way 50 %", busy: [0, 0, 0, 0, 5], held: 10, active: 50);

    private static void Expect(
        string words, long[] busy, (Engine Engine, Engine Cause, long Time) stalls = default, long held = 0,
        long active = 0)
    {
        var engines = busy.Select((b, i) => new EngineTimes
        {
            Engine = (Engine)(i + 1),
            Instructions = 1,
            Busy = b,
            Stalls = [.. Enumerable.Range(0, 6)
                .Select(c => (Engine)(i + 1) == stalls.Engine && (Engine)c == stalls.Cause ? stalls.Time : 0)],
            IdleTail = 0,
        });
        var core = new CoreTimes
        {
            EntryStart = default,
            EntryEnd = default,
            Engines = [.. engines],
            Dma = new DmaUse(1, 1, held * 16, active, 1, 0),
        };
        Assert.Equal(words,
            Dominance.Of(new Timeline { Elapsed = 100, ElapsedWithRuntime = 100, Cores = [core], Basis = default }));
    }
}
