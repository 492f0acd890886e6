using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>How much later the instructions of an engine could start without the run taking longer.</summary>
/// <param name="Core">Core of the engine.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Instructions">Its engine instructions.</param>
/// <param name="Critical">Those that cannot start later at all.</param>
/// <param name="Near">
/// Those that can start later by at most a hundredth of the time, the critical ones included.
/// </param>
/// <param name="Median">Picoseconds by which half of them can start later.</param>
internal sealed record SlackSummary(int Core, Engine Engine, int Instructions, int Critical, int Near, long Median)
{
    private const int Hundred = 100;

    /// <summary>One for each engine that has instructions.</summary>
    public static List<SlackSummary> Of(TimedRun run, RunAttribution attribution)
    {
        var summaries = new List<SlackSummary>();
        var slack = attribution.Slack.Span;
        var first = 0;
        for (var core = 0; core < run.Timeline.Cores.Count; core++)
        {
            foreach (var engine in run.Timeline.Cores[core].Engines)
            {
                var sorted = slack.Slice(first, engine.Instructions).ToArray();
                first += engine.Instructions;
                if (sorted.Length == 0) continue;
                Array.Sort(sorted);
                summaries.Add(new SlackSummary(
                    core, engine.Engine, sorted.Length, sorted.Count(s => s == 0),
                    sorted.Count(s => s <= run.Timeline.Elapsed / Hundred), sorted[sorted.Length / 2]));
            }
        }

        return summaries;
    }
}
