using System.Text;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Reports.Trace;

namespace TrnEmu.Tests.Reports.Trace;

public sealed class TraceFileTests
{
    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Events_are_the_timeline(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var events = Events(run);
        var titles = Titles(events);
        for (var core = 0; core < run.Timeline!.Cores.Count; core++)
        {
            foreach (var engine in run.Timeline.Cores[core].Engines)
            {
                var title = engine.Engine.Title();
                var own = events.Where(e => e.Phase == "X" && e.Process == core + 1 && titles[e.Track].StartsWith(title, StringComparison.Ordinal)).ToArray();
                var (starts, ends) = (engine.InstructionStart.ToArray(), engine.InstructionEnd.ToArray());
                Assert.Equal(starts.Zip(ends).Order(), own.Where(e => !e.IsWait).Select(e => (e.Time, e.Done)).Order());
                foreach (var cause in Enum.GetValues<Engine>())
                {
                    var name = cause == Engine.None ? "wait dma" : "wait " + cause.Name();
                    Assert.Equal(engine.Stalls[(int)cause], own.Where(e => e.IsWait && e.Name == name).Sum(e => e.Duration));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Transfers_end_when_their_operation_does_and_have_its_arguments(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var events = Events(run);
        var titles = Titles(events);
        var transfers = events.Where(e => e.Phase == "X" && titles[e.Track].StartsWith("DMA queue ", StringComparison.Ordinal)).ToArray();
        var first = 0;
        for (var core = 0; core < run.Timeline!.Cores.Count; core++)
        {
            var own = transfers.Where(t => t.Process == core + 1).ToArray();
            var entries = run.Executed.Cores[core].Entries;
            Assert.Equal(run.Timeline.Cores[core].Dma.Transfers, own.Length);
            Assert.Equal(run.Timeline.Cores[core].Dma.Bytes, own.Sum(t => t.Argument("bytes").GetInt64()));
            foreach (var t in own)
            {
                var entry = entries[t.Operation - first];
                Assert.Equal(run.Timeline.Cores[core].EntryEnd.Span[t.Operation - first], t.End);
                Assert.Equal(FormattableString.Invariant($"DMA queue {entry.Queue}"), titles[t.Track].Split(" (")[0]);
                Assert.Equal(entry.Operation.Span.ToString(), t.Argument("source").GetString());
                Assert.True(t.Time >= run.Timeline.Cores[core].EntryStart.Span[t.Operation - first]);
            }

            first += entries.Count;
        }
    }

    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Slices_of_a_track_do_not_overlap(string kernel, string chip)
    {
        foreach (var track in Events(TimedKernel.Run(kernel, chip)).Where(e => e.Phase == "X").GroupBy(e => e.Track))
        {
            var sorted = track.OrderBy(e => e.Time).ThenBy(e => e.End).ToArray();
            for (var i = 1; i < sorted.Length; i++) Assert.True(sorted[i - 1].End <= sorted[i].Time);
        }
    }

    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Arrows_lead_from_what_was_done_to_who_waited_for_it(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var events = Events(run);
        var starts = events.Where(e => e.Phase == "X").ToLookup(e => (e.Track, e.Time));
        var entries = run.Executed.Cores.SelectMany(c => c.Entries).ToArray();
        var ends = run.Timeline!.Cores.SelectMany(c => c.EntryEnd.ToArray()).ToArray();
        var arrows = events.Where(e => e.Phase is "s" or "f").GroupBy(e => e.All.GetProperty("id").GetInt32()).ToArray();
        var met = new HashSet<(int From, int To)>();
        foreach (var arrow in arrows)
        {
            var (from, to) = (arrow.Single(e => e.Phase == "s"), arrow.Single(e => e.Phase == "f"));
            var (producers, consumers) = (Operations(starts, from), Operations(starts, to));
            if (from.Name == "trigger") Assert.NotEmpty(producers.Intersect(consumers));
            else foreach (var pair in producers.SelectMany(p => consumers.Select(c => (p, c))).Where(p => ends[p.p] <= to.Time)) met.Add(pair);
        }

        // Each semaphore that is waited for has been raised by somebody, whom an arrow shows unless it is the same engine.
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var wait in entries[i].Waits.Where(w => w.Value > 0))
            {
                var signals = Enumerable.Range(0, entries.Length).Where(e => entries[e].Signals.Any(s => s.Semaphore == wait.Semaphore)).ToArray();
                if (signals.All(s => entries[s].Queue >= 0 || entries[s].Engine != entries[i].Engine))
                    Assert.Contains(signals, s => met.Contains((s, i)));
            }
        }

        Assert.Equal(run.Timeline.Cores.Sum(c => c.Dma.Transfers), arrows.Count(a => a.First().Name == "trigger"));
    }

    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Counters_stay_within_the_chip_and_end_at_nothing(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        foreach (var counter in Events(run).Where(e => e.Phase == "C").GroupBy(e => (e.Process, e.Name)))
        {
            var values = counter.Select(e => e.Argument("value").GetDouble()).ToArray();
            Assert.Equal(counter.Select(e => e.Time).Order(), counter.Select(e => e.Time));
            Assert.Equal(0, values[^1]);
            var most = counter.Key.Name.Split(' ')[0] switch
            {
                "SBUF" => run.Chip.SbufBytesPerPartition.Value,
                "PSUM" => run.Chip.PsumBanks.Value,
                _ => double.MaxValue,
            };
            Assert.InRange(values.Max(), double.Epsilon, most);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        var run = TimedKernel.Run("attention");
        Assert.Equal(Bytes(run), Bytes(TimedKernel.Run("attention")));
        Assert.Equal(Bytes(run), Bytes(run));
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        var name = "a\"]},</script>\\\n\u202e\u0000" + new string('x', 10_000);
        var events = Events(TimedKernel.Run("softmax") with { Target = name });
        Assert.Equal(name + " on trn2", events[0].Argument("name").GetString());
        Assert.NotEmpty(Bytes(TimedKernel.Run("softmax") with { Target = "half a pair \ud800" }));
    }

    [Fact]
    public void Arguments_are_those_of_the_text_form()
    {
        var reduce = Events(TimedKernel.Run("softmax")).First(e => e.Name == "tensor_reduce");
        Assert.Equal(
            """{"dst":"negative_max","op":"maximum","data":"tile","axis":"[-1]","negate":"true","source":""",
            reduce.All.GetProperty("args").GetRawText()[..90]);
    }

    [Fact]
    public void Without_times_there_is_no_trace()
    {
        var run = TimedKernel.Run("softmax") with { Timed = null };
        Assert.Equal("TRN1007", Assert.Throws<TrnException>(() => Bytes(run)).Diagnostics[0].Code.Id);
    }

    private static int[] Operations(ILookup<(int Track, long Time), TraceEvent> starts, TraceEvent end) =>
        [.. starts[(end.Track, end.Time)].Where(e => !e.IsWait).Select(e => e.Operation)];

    private static Dictionary<int, string> Titles(TraceEvent[] events) =>
        events.Where(e => e.Name == "thread_name").ToDictionary(e => e.Track, e => e.Argument("name").GetString()!);

    private static TraceEvent[] Events(RunResult run) => TraceEvent.Parse(Bytes(run));

    private static byte[] Bytes(RunResult run)
    {
        using var stream = new MemoryStream();
        TraceFile.Write(run, stream);
        return stream.ToArray();
    }
}
