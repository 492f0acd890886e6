using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.Sim;

namespace TrnEmu.Tests.Reports.Html.Data;

public sealed class RunDataTests
{
    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Instructions_and_transfers_are_the_runs(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var (data, log) = (PageData.Of(run), new Log(run.Timed!.Stream.EngineInstructions));
        run.Timed.Replay(log);
        Assert.Equal(log.Start, data["inst.start"]);
        Assert.Equal(log.Free, Sum(data["inst.start"], data["inst.hold"]));
        Assert.Equal(log.End, Sum(Sum(data["inst.start"], data["inst.hold"]), data["inst.late"]));
        Assert.Equal(log.Entry, data["inst.op"]);
        Assert.Equal(log.Lane, data["inst.lane"]);
        Assert.Equal(log.Bytes.OrderBy(b => b.Key).Select(b => b.Value), Enumerable.Range(0, data["move.op"].Length)
            .OrderBy(t => data["move.op"][t]).Select(t => data["move.bytes"][t]));
        Assert.Equal(log.Stalled, data["wait.length"].Sum());
        Assert.Equal(run.Timeline!.Elapsed, data.Header.GetProperty("elapsed").GetInt64());
    }

    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Operations_are_the_programs(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var data = PageData.Of(run);
        var entries = run.Executed.Cores.SelectMany(c => c.Entries).ToArray();
        var arguments = new ArgumentText(run.Executed);
        Assert.Equal(entries.Select(e => e.Operation.Info.Name), data["op.name"].Select(n => data.Texts("names")[n]));
        Assert.Equal(entries.Select(e => string.Join('\n', arguments.Of(e.Operation).Select(a => $"{a.Name}={a.Text}"))), data.Operands());
        Assert.Equal(entries.Select(e => (long)e.Operation.Span.Line), data["op.place"].Select(p => data["place.line"][p]));
        Assert.Equal(entries.Select(e => (long)e.Queue), data["op.queue"]);
        Assert.Equal(run.Timeline!.Cores.SelectMany(c => c.EntryStart.ToArray()), data["op.start"]);
        Assert.Equal(run.Timeline.Cores.SelectMany(c => c.EntryEnd.ToArray()), Sum(data["op.start"], data["op.length"]));
        Assert.Equal(entries.SelectMany(e => e.Signals).Select(s => (long)s.Amount), data["signals.amount"]);
        Assert.Equal(entries.Sum(e => e.Waits.Count), data["op.waits"].Sum());
    }

    /// <summary>What was waited for began no later, and the path is one chain of the whole time.</summary>
    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Each_waited_for_something_that_came_before(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var data = PageData.Of(run);
        var (kinds, sources, instructions) = (data["node.kind"], data["node.source"], data["inst.op"].Length);
        long[] starts = [.. data["inst.start"], .. data["move.start"]];
        for (var node = 0; node < kinds.Length; node++)
        {
            if (kinds[node] == 0)
            {
                Assert.True(node >= instructions || starts[node] == 0);
                continue;
            }

            var source = node - sources[node];
            Assert.InRange(source, 0, kinds.Length - 1);
            Assert.NotEqual(node, source);
            if (node < instructions || kinds[node] == 5) Assert.True(starts[source] <= starts[node]);
        }

        Assert.Equal(run.Timeline!.Elapsed, data["path.length"].Sum());
        Assert.Equal(run.Timed!.Attribution!.CriticalPath.Select(s => s.Time), data["path.length"]);
        Assert.All(data["path.node"], n => Assert.Equal(1, data["node.critical"][n]));
        Assert.Equal(run.Timed.Attribution.Slack.ToArray(), data["inst.slack"]);
    }

    [Fact]
    public void A_tensor_that_is_loaded_again_says_so()
    {
        var data = PageData.Of(TimedKernel.Run("matmul_naive"));
        var names = data["tensor.name"].Select(n => data.Texts("tensors")[n]).ToArray();
        var right = Array.IndexOf(names, "rhs");
        Assert.Equal(4 * data["tensor.bytes"][right], data["tensor.read"][right]);
        Assert.Equal(0, data["tensor.written"][right]);
        var y = Array.IndexOf(names, "y");
        Assert.Equal(data["tensor.bytes"][y], data["tensor.written"][y]);
    }

    [Fact]
    public void A_run_that_is_not_followed_has_times_and_no_reasons()
    {
        var run = TimedKernel.Run("softmax");
        var data = PageData.Of(run with { Timed = TimedRun.Of(run.Executed, run.Chip, limit: 1) });
        Assert.False(data.Has("node.kind") || data.Has("path.node"));
        Assert.Equal(PageData.Of(run)["inst.start"], data["inst.start"]);
    }

    private static long[] Sum(long[] a, long[] b) => [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>What the time pass tells, kept plainly.</summary>
    private sealed class Log(int count) : ITimeObserver
    {
        public long[] Start { get; } = new long[count];

        public long[] Free { get; } = new long[count];

        public long[] End { get; } = new long[count];

        public long[] Entry { get; } = new long[count];

        public long[] Lane { get; } = new long[count];

        public Dictionary<int, long> Bytes { get; } = [];

        public long Stalled { get; private set; }

        public void OnInstruction(int core, Engine engine, int entry, int instruction, long start, long free, long end)
        {
            (Start[instruction], Free[instruction], End[instruction]) = (start, free, end);
            (Entry[instruction], Lane[instruction]) = (entry, core * 5 + (int)engine - 1);
        }

        public void OnStall(int core, Engine engine, int entry, Engine cause, long start, long end) => Stalled += end - start;

        public void OnShare(int core, int dmaEngine, int queue, int entry, long bytes, long start, long free, long end) =>
            Bytes[entry] = Bytes.GetValueOrDefault(entry) + bytes;
    }
}
