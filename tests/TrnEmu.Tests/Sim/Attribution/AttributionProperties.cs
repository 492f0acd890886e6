using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim.Attribution;

public sealed class AttributionProperties
{
    private static readonly Gen<(Step[] Steps, int Seed)> Any =
        from steps in Step.Programs(oneQueue: false) from seed in Gen.Choose(0, 1000) select (steps, seed);

    private static readonly Gen<(Step[] Steps, int Seed, int At)> OneInstruction =
        from steps in Step.Programs(oneQueue: true)
        from seed in Gen.Choose(0, 1000)
        from at in Gen.Choose(0, 119)
        select (steps, seed, at);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Path_slack_and_stalls_explain_any_program(bool shares) => Property.ForAll(
        Any, c => Explained.Run(Step.Build(c.Steps), new RandomModel(c.Seed, shares)).Check(), cases: 1000);

    [Fact]
    public void An_effect_may_come_as_much_later_as_its_slack_and_no_more() => Property.ForAll(
        OneInstruction,
        c =>
        {
            var run = Explained.Run(Step.Build(c.Steps), new RandomModel(c.Seed));
            if (run.Attribution.EndSlack.Length == 0) return;
            var at = c.At % run.Attribution.EndSlack.Length;
            var slack = run.Attribution.EndSlack.Span[at];
            Assert.Equal(run.Timeline.Elapsed, Delayed(c.Steps, c.Seed, at, slack));
            Assert.True(run.Timeline.Elapsed < Delayed(c.Steps, c.Seed, at, slack + 1));
        },
        cases: 1000);

    [Fact]
    public void An_instruction_may_take_as_much_longer_as_its_slack() => Property.ForAll(
        OneInstruction,
        c =>
        {
            var run = Explained.Run(Step.Build(c.Steps), new RandomModel(c.Seed));
            if (run.Attribution.Slack.Length == 0) return;
            var at = c.At % run.Attribution.Slack.Length;
            var slack = run.Attribution.Slack.Span[at];
            // Of a load, the latency counts from a wait that may be long over, not from its start.
            var latency = Math.Min(slack, run.Attribution.EndSlack.Span[at]);
            Assert.Equal(run.Timeline.Elapsed, Delayed(c.Steps, c.Seed, at, latency, slack));
        },
        cases: 500);

    private static long Delayed(Step[] steps, int seed, int at, long latency, long occupancy = 0) =>
        DelayedModel.Elapsed(Step.Build(steps), new RandomModel(seed), at, latency, occupancy);
}
