using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim;

public sealed class TimePassProperties
{
    private static readonly Gen<(Step[] Steps, int Seed)> Any =
        from steps in Step.Programs(oneQueue: false) from seed in Gen.Choose(0, 1000) select (steps, seed);

    private static readonly Gen<(Step[] Steps, int Seed)> OneQueue =
        from steps in Step.Programs(oneQueue: true) from seed in Gen.Choose(0, 1000) select (steps, seed);

    [Fact]
    public void Every_start_and_end_is_that_of_the_definition() => Property.ForAll(
        OneQueue,
        c =>
        {
            var steps = Edges(c.Steps);
            var (start, end, _) = MaxPlusOracle.Run(steps, new RandomModel(c.Seed));
            var times = Time(steps, c.Seed).Cores[0];
            Assert.Equal(start, times.EntryStart.ToArray());
            Assert.Equal(end, times.EntryEnd.ToArray());
        },
        cases: 500);

    [Fact]
    public void Busy_stalls_and_idle_tail_add_up_to_the_elapsed_time() => Property.ForAll(Any, c =>
    {
        var timeline = Time(Edges(c.Steps), c.Seed);
        foreach (var engine in timeline.Cores[0].Engines)
        {
            Assert.Equal(timeline.Elapsed, engine.Busy + engine.Stalls.Sum() + engine.IdleTail);
            Assert.True(engine.IdleTail >= 0);
        }
    });

    [Fact]
    public void An_entry_starts_when_what_it_waits_for_is_seen_and_its_engine_free() => Property.ForAll(Any, c =>
    {
        var steps = Edges(c.Steps);
        var model = new RandomModel(c.Seed);
        var times = Time(steps, c.Seed).Cores[0];
        var last = new long[6];
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, after) = steps[i];
            var start = times.EntryStart.Span[i];
            foreach (var a in after)
            {
                var latency = steps[a].Step.IsDma ? model.Times.DmaEndToEngine : model.Times.Semaphore;
                latency -= MaxPlusOracle.Overlap(model, steps[a].Step, step);
                Assert.True(start >= times.EntryEnd.Span[a] + latency);
            }

            Assert.True(start >= last[(int)step.Engine]);
            last[(int)step.Engine] = start;
        }
    });

    [Fact]
    public void The_same_stream_gives_the_same_timeline_twice() => Property.ForAll(Any, c =>
    {
        var stream = FlatStream.Build(Step.Build(c.Steps), 3);
        var first = TimePass.Run(stream, new RandomModel(c.Seed));
        var second = TimePass.Run(stream, new RandomModel(c.Seed));
        Assert.Equal(first.Elapsed, second.Elapsed);
        Assert.Equal(first.Cores[0].EntryStart.ToArray(), second.Cores[0].EntryStart.ToArray());
        Assert.Equal(first.Cores[0].EntryEnd.ToArray(), second.Cores[0].EntryEnd.ToArray());
        Assert.Equal(first.Cores[0].Dma, second.Cores[0].Dma);
    });

    /// <summary>
    /// With one queue only: where queues take turns, more work can change whose turn it is.
    /// </summary>
    [Fact]
    public void A_further_dependency_never_makes_it_faster() => Property.ForAll(
        from c in OneQueue
        from at in Gen.Choose(1, 59)
        from target in Gen.Choose(0, 58)
        select (c.Steps, c.Seed, at, target),
        c =>
        {
            if (c.at >= c.Steps.Length || c.target >= c.at) return;
            var steps = Edges(c.Steps);
            var before = Time(steps, c.Seed).Elapsed;
            steps[c.at] = (steps[c.at].Step, [.. steps[c.at].After.Append(c.target).Distinct()]);
            Assert.True(Time(steps, c.Seed).Elapsed >= before);
        });

    [Fact]
    public void Further_work_never_makes_it_faster() => Property.ForAll(
        from c in OneQueue
        from at in Gen.Choose(0, 60)
        from engine in Gen.Elements(Engine.Vector, Engine.Scalar, Engine.GpSimd, Engine.Sync)
        select (c.Steps, c.Seed, at, engine),
        c =>
        {
            var steps = Edges(c.Steps);
            var before = Time(steps, c.Seed).Elapsed;
            var at = Math.Min(c.at, steps.Length);
            var moved = steps.Select(s => (s.Step, s.After.Select(a => a >= at ? a + 1 : a).ToArray())).ToList();
            moved.Insert(at, (new Step(c.engine, false, 7, -1, []), []));
            Assert.True(Time([.. moved], c.Seed).Elapsed >= before);
        });

    [Fact]
    public void Every_DMA_engine_moves_its_rows_once() => Property.ForAll(Any, c =>
    {
        var dma = Time(Edges(c.Steps), c.Seed).Cores[0].Dma;
        var transfers = c.Steps.Where(s => s.IsDma).Select(s => ((TestDma)s.Operation).Transfer).ToArray();
        Assert.Equal(transfers.Length, dma.Transfers);
        Assert.Equal(transfers.Sum(t => t.Rows * t.RowBytes), dma.Bytes);
        Assert.Equal(dma.Bytes, dma.HbmBytesRead);
    });

    private static (Step Step, int[] After)[] Edges(Step[] steps) => [.. steps.Select((s, i) => (s, s.After(i)))];

    private static Timeline Time((Step Step, int[] After)[] steps, int seed) =>
        TimePass.Run(FlatStream.Build(Step.Build(steps), 3), new RandomModel(seed));
}
