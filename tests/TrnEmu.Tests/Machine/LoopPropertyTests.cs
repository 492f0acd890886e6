using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Text;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;
using TrnEmu.Sim.Streams;
using TrnEmu.Tests.Sim;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Machine;

/// <summary>
/// Random kernels with nested loops, bounds and addresses in registers that come from memory: through the whole
/// pipeline they compute what the same loops of C# compute, whatever the binding and whatever anything costs, without
/// a race; as text they are the same program.
/// </summary>
public sealed class LoopPropertyTests
{
    private const int Cases = 150;
    private static readonly Register Spare = new(1000);
    private static readonly Chip[] Chips = [Chip.Load("trn1"), Chip.Load("trn2"), Chip.Load("trn3")];

    [Fact]
    public void Loops_on_the_device_are_loops() => ForAll(Cases, run =>
    {
        Assert.Equal(run.Expected, run.Execute(run.Program, Binding.Physical(run.Program)));
        Assert.Equal(run.Expected, run.Execute(run.Program, Binding.Virtual(run.Program)));
    });

    [Fact]
    public void Unrolled_they_are_the_same_program_and_do_not_race() => ForAll(Cases, run =>
    {
        Assert.Equal(run.Expected, run.Execute(run.Program, Binding.Physical(run.Program)));
        var straight = Unrolling.Unroll(run.Program, run.Path!);
        RaceObserver.Check(straight);
        Assert.Equal(run.Expected, run.Execute(straight, Binding.Physical(straight)));
        Assert.True(run.Path!.IsStraight);
    });

    [Fact]
    public void Bits_do_not_depend_on_the_timing_model() => ForAll(Cases / 3, run =>
    {
        // A DMA reads its registers when it is triggered; executed when it ends, it must find them as they were.
        var calm = run.Program with { Cores = [.. run.Program.Cores.Select(WithoutOverwriting)] };
        run.Execute(calm, Binding.Physical(calm));
        var straight = Unrolling.Unroll(calm, run.Path!);
        for (var seed = 0; seed < 3; seed++)
        {
            var times = TimePass.Run(FlatStream.Build(straight, run.Chip.Generation), new RandomModel(seed)).Cores[0];
            foreach (var order in (ReadOnlyMemory<long>[])[times.EntryStart, times.EntryEnd])
            {
                var ordered = Ordered(straight, order.Span);
                Assert.Equal(run.Expected, run.Execute(ordered, Binding.Physical(ordered), isWatched: false));
            }
        }
    });

    [Fact]
    public void Text_gives_the_same_program_bytes_and_cycles() => ForAll(Cases / 3, run =>
    {
        var parsed = ProgramText.Parse(ProgramText.Print(run.Program), "loops.trn");
        Assert.Empty(parsed.Diagnostics);
        Pipeline.Verify(parsed.Program!, run.Chip);
        Assert.Equal(run.Expected, run.Execute(run.Program, Binding.Physical(run.Program)));
        var cycles = Cycles(run.Program, run);
        Assert.Equal(run.Expected, run.Execute(parsed.Program!, Binding.Physical(parsed.Program!)));
        Assert.Equal(cycles, Cycles(parsed.Program!, run));
    });

    private static long Cycles(Program program, LoopRun run) =>
        TimePass.Run(Unrolling.Unroll(program, run.Path!), run.Chip).Elapsed;

    /// <summary>Kernels that run too long for a test are left out; most do not.</summary>
    private static void ForAll(int cases, Action<LoopRun> check)
    {
        var (all, checkedRuns) = (0, 0);
        Property.ForAll(LoopNode.Kernels, body =>
        {
            all++;
            if (LoopRun.Make(Chips[all % Chips.Length], body, seed: body.Length) is not { } run) return;
            check(run);
            checkedRuns++;
        }, cases);
        Assert.InRange(checkedRuns, all / 2, all);
    }

    private static CoreProgram WithoutOverwriting(CoreProgram core) =>
        core with { Entries = [.. core.Entries.Select(e => e.Operation is RegisterMove move ? e with { Operation = move with { Dst = Spare } } : e)] };

    private static Program Ordered(Program program, ReadOnlySpan<long> times)
    {
        var keys = times.ToArray();
        var core = program.Cores[0];
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).ThenBy(i => i);
        return program with { Cores = [core with { Entries = [.. order.Select(i => core.Entries[i] with { Waits = [], Signals = [] })] }] };
    }
}
