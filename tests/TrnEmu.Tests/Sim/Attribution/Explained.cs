using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>A run with its attribution, and what must hold of any.</summary>
internal sealed record Explained(PricedStream Prices, Timeline Timeline, RunAttribution Attribution)
{
    public static Explained Run(Program program, ITimingModel model)
    {
        var prices = PricedStream.Of(FlatStream.Build(program, model.Generation), model);
        var timeline = TimePass.Run(prices, new TimeOptions { RecordInstructions = true });
        return new Explained(prices, timeline, RunAttribution.Of(prices, timeline));
    }

    /// <summary>The path is whole, its instructions have no slack, and every stalled picosecond has a reason.</summary>
    public void Check()
    {
        long at = 0;
        foreach (var segment in Attribution.CriticalPath)
        {
            Assert.Equal(at, segment.From);
            Assert.True(segment.To > segment.From);
            Assert.NotEqual(PathKind.Unexplained, segment.Kind);
            at = segment.To;
            var isOwn = segment.Kind is PathKind.Work or PathKind.Slowed;
            if (isOwn) Assert.Equal(0, Attribution.Slack.Span[segment.Instruction]);
        }

        Assert.Equal(Timeline.Elapsed, at);
        Assert.Equal(Timeline.Elapsed, Attribution.CriticalPath.Sum(s => s.Time));
        Assert.All(Attribution.Slack.ToArray(), s => Assert.True(s >= 0));
        Assert.All(Attribution.EndSlack.ToArray(), s => Assert.True(s >= 0));
        Assert.Empty(RunAttribution.Unexplained(Prices, Timeline));
        CheckStalls();
    }

    private void CheckStalls()
    {
        var sums = Attribution.Stalls.GroupBy(s => (s.Key.Core, s.Key.Engine, s.Key.Cause))
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Time));
        for (var core = 0; core < Timeline.Cores.Count; core++)
        {
            foreach (var engine in Timeline.Cores[core].Engines)
            {
                for (var cause = 0; cause < engine.Stalls.Count; cause++)
                    Assert.Equal(engine.Stalls[cause], sums.GetValueOrDefault((core, engine.Engine, (Engine)cause)));
            }
        }
    }
}
