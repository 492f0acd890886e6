using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Sim;

/// <summary>Streams say what programs say, however they store it.</summary>
public sealed class StreamProperties
{
    private const int LongLength = 20_000;

    /// <summary>More instructions than a piece of memory holds, and more different works than a first table.</summary>
    [Fact]
    public void Every_start_and_end_of_a_long_program_is_that_of_the_definition()
    {
        var steps = new (Step Step, int[] After)[LongLength];
        for (var i = 0; i < steps.Length; i++)
        {
            var isDma = i % 7 == 3;
            var engine = isDma ? Engine.Sync : (Engine)(1 + i % 11 % 4);
            var step = new Step(engine, isDma, i * 37 % 512, isDma ? 0 : -1, [1 + i % 5, 1 + i % 12]);
            steps[i] = (step, step.After(i));
        }

        var (start, end, _) = MaxPlusOracle.Run(steps, new RandomModel(5));
        var times = TimePass.Run(FlatStream.Build(Step.Build(steps), 3), new RandomModel(5)).Cores[0];
        Assert.Equal(start, times.EntryStart.ToArray());
        Assert.Equal(end, times.EntryEnd.ToArray());
    }

    [Fact]
    public void Times_do_not_depend_on_the_numbers_of_semaphores() => Support.Property.ForAll(
        from steps in Step.Programs(oneQueue: false) from shift in Gen.Choose(0, 70_000) select (steps, shift),
        c =>
        {
            var program = Step.Build(c.steps);
            var plain = TimePass.Run(FlatStream.Build(program, 3), new RandomModel(1)).Cores[0];
            var renumbered = TimePass.Run(FlatStream.Build(Renumber(program, c.shift), 3), new RandomModel(1)).Cores[0];
            Assert.Equal(plain.EntryStart.ToArray(), renumbered.EntryStart.ToArray());
            Assert.Equal(plain.EntryEnd.ToArray(), renumbered.EntryEnd.ToArray());
        });

    /// <summary>The stream asks only such operations whether they are one.</summary>
    [Fact]
    public void Control_flow_and_meetings_become_no_work_of_an_engine()
    {
        var found = 0;
        foreach (var info in OperationInfo.All)
        {
            if (IsaExample.Entry(info) is not var (program, entry)) continue;
            if (entry.Operation is not (IControlFlow or IMeeting)) continue;
            var sink = new ExpansionSink();
            sink.Begin(program, entry.Engine, generation: 3);
            entry.Operation.Expand(sink);
            Assert.True(sink.Instructions.Length == 0 || sink.Instructions[0].Class.IsOfAnyEngine(), info.Name);
            found++;
        }

        Assert.True(found >= 5);
    }

    /// <summary>Odd numbers become others, even ones stay.</summary>
    private static Program Renumber(Program program, int shift)
    {
        var entries = program.Cores[0].Entries.Select(e => e with
        {
            Waits = [.. e.Waits.Select(w => w with { Semaphore = Other(w.Semaphore) })],
            Signals = [.. e.Signals.Select(s => s with { Semaphore = Other(s.Semaphore) })],
        });
        return program with { Cores = [new CoreProgram { Entries = [.. entries] }] };

        Core.Isa.Semaphore Other(Core.Isa.Semaphore s) =>
            s.Number % 2 == 0 ? s : s with { Number = s.Number + 2 * shift };
    }
}
