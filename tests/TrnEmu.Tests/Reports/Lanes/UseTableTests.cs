using TrnEmu.Reports.Lanes;

namespace TrnEmu.Tests.Reports.Lanes;

public sealed class UseTableTests
{
    [Theory]
    [MemberData(nameof(TimedKernel.Cases), MemberType = typeof(TimedKernel))]
    public void Lines_and_operations_add_up_to_the_run(string kernel, string chip)
    {
        var run = TimedKernel.Run(kernel, chip);
        var timed = run.Timed!;
        var uses = new UseTable(timed.Stream);
        timed.Replay(new SliceObserver(timed.Stream, uses));
        var cores = timed.Timeline.Cores;
        foreach (var parts in (IEnumerable<Use>[])[uses.Lines.Values, uses.Names.Values])
        {
            foreach (var engine in Core.Isa.EngineExtensions.All)
                Assert.Equal(cores.Sum(c => c.Engines[(int)engine - 1].Busy), parts.Sum(p => p.BusyOf(engine)));
            Assert.Equal(cores.Sum(c => c.Engines.Sum(e => e.Stalls.Sum())), parts.Sum(p => p.Stalled));
            Assert.Equal(cores.Sum(c => c.Dma.Bytes), parts.Sum(p => p.Bytes));
            Assert.Equal(run.Executed.Cores.Sum(c => c.Entries.Count(e => Core.Machine.Unrolling.IsOfProgram(e))), parts.Sum(p => p.Operations));
        }
    }
}
