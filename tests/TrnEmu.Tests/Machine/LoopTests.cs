using System.Runtime.InteropServices;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Machine;

/// <summary>Loops in programs written by hand: what they cost, and what is refused.</summary>
public sealed class LoopTests
{
    private const string Head = """
        trn 1
        hbm  y : int32[8,1] output
        sbuf a : int32[1,8] @ 0:0x0
        sbuf b : int32[1,8] @ 0:0x40
        core 0

        """;

    private static readonly Chip Unit = Chip.Load("unit");

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(7)]
    public void A_barrier_is_an_arrival_and_a_branch(int trips)
    {
        // On one engine a barrier takes 1 ns to arrive, 1 ns until the semaphore is seen, 1 ns for the branch; the
        // body takes 1 ns.
        var program = Parse($"""
            vector loop i=r0 start=0 stop={trips}
            vector memset dst=a value=0
            vector end_loop
            """);
        Assert.Equal((3 + 4 * trips) * 1000, Time(program));
    }

    [Fact]
    public void Time_grows_by_the_same_for_each_iteration()
    {
        var times = Enumerable.Range(0, 6).Select(n => Time(Compile($"""
            loop i=r0 start=0 stop={n}
            register_store dst=y[1,1][1,1]@r0*1 src=r0
            dma_copy dst=a[0:1][1,1] src=y[1,1][1,1]@r0*1
            tensor_tensor dst=b[0:1][1,1] data1=a[0:1][1,1] data2=a[0:1][1,1] op=add
            dma_copy dst=y[1,1][1,1]@r0*1 src=b[0:1][1,1]
            end_loop
            """))).ToArray();
        var steps = times.Zip(times.Skip(1), (a, b) => b - a).ToArray();
        Assert.All(steps, step => Assert.Equal(steps[0], step));
        Assert.True(steps[0] > 0);
    }

    [Fact]
    public void A_path_tells_the_iterations_of_each_loop_in_order()
    {
        var program = Parse("""
            sync loop i=r0 start=3 stop=0
            sync end_loop
            sync loop i=r0 start=1 stop=4
            sync loop i=r1 start=r0 stop=3
            sync end_loop
            sync end_loop
            sync while_loop condition=r1
            sync register_move dst=r1 src=0
            sync end_loop
            """);
        LoopTrips[] expected = [new(3, 0), new(1, 3), new(1, 2), new(2, 1), new(3, 0), new(0, 1)];
        Assert.Equal(expected, Run(program)[0]);
        Assert.Null(ExecutionPath.Static(program));
    }

    [Fact]
    public void Bounds_of_integers_need_no_function()
    {
        var program = Parse("""
            sync loop i=r0 start=-2 stop=5 step=3
            sync loop i=r1 start=0 stop=2
            sync end_loop
            sync loop i=r1 start=0 stop=0
            sync end_loop
            sync end_loop
            """);
        Assert.Equal(Run(program)[0], ExecutionPath.Static(program)![0]);
    }

    [Theory]
    [InlineData("sync loop i=r0 start=0 stop=2000000000\nsync end_loop\n", "loop begins iteration 21; with those of all loops of the core that is iteration 21, limit 20")]
    [InlineData("sync register_move dst=r0 src=1\nsync while_loop condition=r0\nsync end_loop\n", "while_loop begins iteration 21; with")]
    [InlineData("sync loop i=r0 start=0 stop=15\nsync loop i=r1 start=0 stop=4\nsync end_loop\nsync end_loop\n", "loop begins iteration 5; with those of all loops of the core that is iteration 21, limit 20")]
    public void A_loop_without_end_is_a_fault(string body, string message)
    {
        var program = Parse(body);
        var fault = Assert.Throws<TrnException>(() => Run(program, maxIterations: 20));
        Assert.Equal((FailureKind.Fault, "TRN3005"), (fault.Kind, fault.Diagnostics[0].Code.Id));
        Assert.StartsWith(message, fault.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.True(fault.Diagnostics[0].Where.Line > 5);
    }

    [Fact]
    public void Bounds_of_integers_are_limited_too()
    {
        var program = Parse("sync loop i=r0 start=0 stop=21\nsync end_loop\n");
        Assert.Equal("TRN3005", Assert.Throws<TrnException>(() => ExecutionPath.Static(program, 20)).Diagnostics[0].Code.Id);
        Assert.NotNull(ExecutionPath.Static(program, 21));
    }

    [Fact]
    public void Time_is_limited_by_operations()
    {
        var program = Parse("sync loop i=r0 start=0 stop=100\nsync register_move dst=r1 src=r0\nsync end_loop\n");
        var path = Run(program);
        var refused = Assert.Throws<TrnException>(() => Unrolling.Unroll(program, path, maxEntries: 99));
        Assert.Equal((FailureKind.BadInput, "TRN3006"), (refused.Kind, refused.Diagnostics[0].Code.Id));
    }

    [Fact]
    public void A_program_with_loops_is_not_timed_as_it_stands() => Assert.Equal("TRN1604", Assert.Throws<TrnException>(
        () => TimePass.Run(Parse("sync loop i=r0 start=0 stop=1\nsync end_loop\n"), Unit)).Diagnostics[0].Code.Id);

    [Fact]
    public void A_wait_that_a_body_does_not_signal_is_a_deadlock()
    {
        // Verification finds it too; the second iteration must not live on the signals of the first.
        var program = Parse("""
            vector loop i=r0 start=0 stop=2
            vector memset dst=a value=0  wait s0>=1
            vector memset dst=b value=0  signal s0+1
            vector end_loop
            """);
        Assert.Equal("TRN3002", Assert.Throws<TrnException>(() => Run(program)).Diagnostics[0].Code.Id);
    }

    [Theory]
    [InlineData("sync end_loop\n", "TRN2455: end_loop: no loop begins before it on its core")]
    [InlineData("sync loop i=r0 start=0 stop=1\n", "TRN2455: loop: no end_loop follows on its core")]
    [InlineData("sync loop i=r0 start=0 stop=1 step=0\nsync end_loop\n", "TRN2456: loop: step is 0, must be at least 1")]
    [InlineData("sync while_loop condition=r1048576\nsync end_loop\n", "TRN2450: while_loop: condition is register 1048576, must be 0 to 1048575")]
    [InlineData("vector memset dst=a value=0  signal s0+1\nsync loop i=r0 start=0 stop=1\nscalar activation dst=b op=copy data=a  wait s0>=1\nsync end_loop\n",
        "TRN2457: activation uses semaphore s0 of core 0 in a loop, memset outside of it")]
    [InlineData("sync loop i=r0 start=0 stop=1\nvector memset dst=a value=0  signal s0+1\nsync end_loop\nscalar activation dst=b op=copy data=a  wait s0>=1\n",
        "TRN2457: memset uses semaphore s0 of core 0 in a loop, activation outside of it")]
    [InlineData("sync loop i=r0 start=0 stop=1\nvector memset dst=a value=0  signal s0+1\nsync loop i=r1 start=0 stop=1\nscalar activation dst=b op=copy data=a  wait s0>=1\nsync end_loop\nsync end_loop\n",
        "TRN2457: activation waits for s0 of core 0 to reach 1, since the last barrier of the loop it is signalled 0 before that")]
    [InlineData("sync loop i=r0 start=0 stop=1  signal s0+1\nsync end_loop\n",
        "TRN2457: loop has waits or signals: as a barrier it takes the place of them")]
    public void What_cannot_be_a_loop_is_refused(string body, string finding)
    {
        var refused = Assert.Throws<TrnException>(() => Pipeline.Verify(Parse(body), Unit));
        Assert.Equal(finding, $"{refused.Diagnostics[0].Code.Id}: {refused.Diagnostics[0].Message}");
        Assert.Single(refused.Diagnostics);
    }

    [Fact]
    public void Loops_nest_up_to_a_limit()
    {
        static string Nested(int loops) => string.Concat(Enumerable.Repeat("sync loop i=r0 start=0 stop=1\n", loops))
            + string.Concat(Enumerable.Repeat("sync end_loop\n", loops));
        Pipeline.Verify(Parse(Nested(64)), Unit);
        Assert.Equal("TRN2459", Assert.Throws<TrnException>(() => Pipeline.Verify(Parse(Nested(65)), Unit)).Diagnostics[0].Code.Id);
    }

    [Theory]
    [InlineData("", "TRN3101")]
    [InlineData("  wait s0>=1", null)]
    public void A_race_in_a_body_is_found(string wait, string? code)
    {
        var program = Parse($"""
            sync loop i=r0 start=0 stop=2
            vector memset dst=a value=0  signal s0+1
            scalar activation dst=b op=copy data=a{wait}
            sync end_loop
            """);
        Pipeline.Verify(program, Unit);
        var fault = Record.Exception(() => Run(program, observer: new RaceObserver(program))) as TrnException;
        Assert.Equal(code, fault?.Diagnostics[0].Code.Id);
        fault = Record.Exception(() => RaceObserver.Check(program, ExecutionPath.Static(program))) as TrnException;
        Assert.Equal(code, fault?.Diagnostics[0].Code.Id);
    }

    [Fact]
    public void A_barrier_orders_iterations_and_what_is_around()
    {
        var program = Parse("""
            vector memset dst=a value=0
            sync loop i=r0 start=0 stop=2
            scalar activation dst=b op=copy data=a
            sync loop i=r1 start=0 stop=1
            gpsimd memset dst=a[0:1][1,4] value=1
            sync end_loop
            sync end_loop
            vector memset dst=b value=0
            """);
        RaceObserver.Check(program, ExecutionPath.Static(program));
        RaceObserver.Check(Unrolling.Unroll(program, ExecutionPath.Static(program)!));
    }

    [Fact]
    public void Cores_meet_in_each_iteration()
    {
        var trn2 = Chip.Load("trn2");
        var k = new KernelBuilder(trn2);
        var y = k.Output("y", DType.Int32, [8, 1]);
        k.EachCore(2, core =>
        {
            var (own, other) = (k.Sbuf("own", DType.Int32, [1, 1]), k.Sbuf("other", DType.Int32, [1, 1]));
            k.Loop(0, 4, 1, i =>
            {
                k.Issue(new RegisterStore(own, i));
                k.Issue(new SendRecv(own, other, SendToRank: 1 - core, RecvFromRank: 1 - core, PipeId: 0));
                if (core == 0) k.Issue(new DmaCopy(y.At(i, dimension: 0), other));
            });
            if (core == 0) k.Issue(new DmaCopy(y[4..], y[..4]));
        });
        var program = Pipeline.Compile(k.Build(), trn2);
        using var binding = Binding.Physical(program);
        var path = FunctionPass.Run(program, binding, trn2, new RaceObserver(program));
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3], MemoryMarshal.Cast<byte, int>(TestValues.Bytes(binding, y.Tensor)).ToArray());
        RaceObserver.Check(program, path);
        Assert.True(TimePass.Run(Unrolling.Unroll(program, path), trn2).Elapsed > 0);
    }

    private static ExecutionPath Run(
        Program program, IExecutionObserver? observer = null, long maxIterations = ExecutionPath.DefaultMaxIterations)
    {
        using var binding = Binding.Physical(program);
        return FunctionPass.Run(program, binding, Unit, observer, maxIterations: maxIterations);
    }

    private static long Time(Program program) =>
        TimePass.Run(Unrolling.Unroll(program, ExecutionPath.Static(program)!), Unit).Elapsed;

    private static Program Compile(string body) => Pipeline.Compile(Parse(body), Unit);

    private static Program Parse(string body)
    {
        var parsed = ProgramText.Parse(Head + body, "loops.trn", locate: true);
        Assert.Empty(parsed.Diagnostics);
        return parsed.Program!;
    }
}
