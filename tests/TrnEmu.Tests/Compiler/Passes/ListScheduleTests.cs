using System.Diagnostics;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Compiler.Passes.Scheduling;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Dependences;
using TrnEmu.Tests.Machine;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>Laws of the list schedule over random programs, and what it does to small ones.</summary>
public sealed class ListScheduleTests
{
    private static readonly ListRule[] Rules = [ListRule.Oldest, ListRule.LongestPath];

    [Fact]
    public void Every_dependence_is_kept() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var walk = Walk.Of(program);
            foreach (var order in Orders(program, TestChips.Trn2))
            {
                Assert.Equal(Enumerable.Range(0, order.Length), order.Order());
                for (var later = 0; later < order.Length; later++)
                {
                    for (var earlier = 0; earlier < later; earlier++)
                        Assert.False(order[earlier] > order[later]
                            && Conflict(walk[order[earlier]], walk[order[later]]), Dump.Of(program));
                }
            }
        },
        150);

    [Fact]
    public void Reordered_programs_can_be_ordered_by_semaphores() => Property.ForAll(
        RandomProgram.Of(cores: 2),
        program =>
        {
            foreach (var list in Schedule.Lists(
                program, TestChips.Trn2, new CompileOptions { Costs = new RandomCosts() }))
            {
                for (var core = 0; core < 2; core++)
                    RaceObserver.Check(InsertSemaphores.Run(list with { Cores = [list.Cores[core]] }));
            }
        },
        100);

    [Fact]
    public void Loops_on_the_device_are_the_same_loops() => Property.ForAll(
        TrnEmu.Tests.Machine.LoopNode.Kernels,
        body =>
        {
            if (LoopRun.Make(
                TestChips.Trn2, body, seed: body.Length, new CompileOptions { Order = OperationOrder.List }) is { } run)
                Assert.Equal(run.Expected, run.Execute(run.Program, Binding.Physical(run.Program)));
        });

    [Fact]
    public void Programs_with_loops_are_compared_over_a_few_iterations()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        k.Loop(3, 1000, 2, _ => k.Loop(0, k.NewRegister(), 1, _ => k.Loop(0, 1000, 1, _ => { })));
        k.Loop(5, 6, 1, _ => k.While(k.NewRegister(), () => { }));
        LoopTrips[] inner = [new(0, 2), new(0, 1), new(0, 1)];
        Assert.Equal(
            [new LoopTrips(3, 4), .. inner, .. inner, .. inner, .. inner, new LoopTrips(5, 1), new LoopTrips(0, 2)],
            ExecutionPath.Short(k.Build())[0]);
    }

    [Fact]
    public void What_signals_already_is_a_fence() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var fences = 0;
            var fenced = program with
            {
                Cores = [new CoreProgram { Entries = [.. program.Cores[0].Entries.Select(
                    (e, i) => i % 7 == 3 ? e with { Signals = [new Signal(new Semaphore(0, 200), ++fences)] } : e)] }],
            };
            foreach (var order in Orders(fenced, TestChips.Trn2))
            {
                for (var i = 3; i < order.Length; i += 7) Assert.Equal(i, order[i]);
                Assert.All(order, (entry, place) => Assert.Equal((entry + 3) / 7, (place + 3) / 7));
            }
        },
        30);

    [Fact]
    public void No_order_needs_more_memory_than_its_budget()
    {
        var moved = 0;
        Property.ForAll(Gen.Choose(0, 1 << 20).ListOf(150), numbers =>
        {
            var (chip, program) = (TestChips.WithSbuf(4096), Tiles(new Queue<int>(numbers)));
            var need = Peak(program);
            var orders = Orders(program, chip);
            Assert.Equal(need > 4096, orders.Length == 0);
            foreach (var order in orders)
            {
                var entries = program.Cores[0].Entries;
                var list = program with { Cores = [new CoreProgram { Entries = [.. order.Select(i => entries[i])] }] };
                Assert.InRange(Peak(list), 0, Math.Max(need, 2048));
                if (!order.SequenceEqual(order.Order())) moved++;
            }
        });
        Assert.True(moved > 50, $"{moved} moved");
    }

    [Fact]
    public void Without_a_list_schedule_nothing_moves()
    {
        var program = Parse(TwoChains);
        Assert.Equal(program, Schedule.Run(program, TestChips.Trn2));
        Assert.Equal(program, Schedule.Run(program, TestChips.Trn2, new CompileOptions { Costs = new RandomCosts() }));
    }

    [Fact]
    public void An_engine_does_other_work_while_its_operand_is_on_the_way()
    {
        var list = Schedule.Run(Parse(TwoChains), TestChips.Trn2, new CompileOptions { Order = OperationOrder.List });
        Assert.Equal(
            """
            core 0
             vector memset dst=d value=1
             sync dma_copy dst=a src=x
             vector tensor_copy dst=b src=a
             vector tensor_copy dst=e src=d
             scalar tensor_copy dst=c src=b
             vector tensor_copy dst=f src=c
             gpsimd dma_copy dst=z src=e
             gpsimd dma_copy dst=y src=f

            """.ReplaceLineEndings("\n"),
            Body(list));
    }

    [Fact]
    public void What_is_no_faster_is_not_taken()
    {
        var program = Parse(TwoChains);
        foreach (var (time, isTaken) in (
            (Func<Program, long>, bool)[])[(_ => 5, false), (p => -Index(p), false), (Index, true)])
        {
            var options = new CompileOptions { Order = OperationOrder.List, Costs = new RandomCosts { Time = time } };
            Assert.Equal(isTaken, Schedule.Run(program, TestChips.Trn2, options) != program);
        }

        static long Index(Program p) => p.Cores[0].Entries.ToList().FindIndex(e => e.Operation is Memset);
    }

    /// <summary>
    /// 1.2 s for two rules on one core of a busy machine; the limit is far above what n log n work takes.
    /// </summary>
    [Fact]
    public void Time_grows_as_the_program()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var (x, y) = (k.Input("x", DType.Bf16, [128, 512]), k.Output("y", DType.Bf16, [128, 512]));
        for (var i = 0; i < 20_000; i++)
        {
            TensorView[] t = [.. Enumerable.Range(0, 4).Select(_ => k.Sbuf("t", DType.Bf16, [128, 512]))];
            k.Issue(new DmaCopy(t[0], x));
            for (var n = 1; n < t.Length; n++)
                k.Issue(new TensorCopy(t[n], t[n - 1]), n % 2 == 0 ? Engine.Scalar : Engine.Vector);
            k.Issue(new DmaCopy(y, t[^1]));
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(2, Schedule.Lists(
            k.Build(), TestChips.Trn2, new CompileOptions { Costs = new RandomCosts() }).Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    /// <summary>Chain a to c to y over Scalar, and a short one over d, written behind it.</summary>
    private const string TwoChains = """
        trn 1
        chip trn2
        cores 1

        hbm x : bf16[128,64] input random(0)
        hbm y : bf16[128,64] output
        hbm z : bf16[128,64] output
        sbuf a : bf16[128,64]
        sbuf b : bf16[128,64]
        sbuf c : bf16[128,64]
        sbuf d : bf16[128,64]
        sbuf e : bf16[128,64]
        sbuf f : bf16[128,64]

        core 0
          sync dma_copy dst=a src=x
          vector tensor_copy dst=b src=a
          scalar tensor_copy dst=c src=b
          vector tensor_copy dst=f src=c
          gpsimd dma_copy dst=y src=f
          vector memset dst=d value=1
          vector tensor_copy dst=e src=d
          gpsimd dma_copy dst=z src=e

        """;

    private static Program Parse(string text)
    {
        var parsed = ProgramText.Parse(text, "list.trn");
        Assert.Empty(parsed.Diagnostics);
        return parsed.Program!;
    }

    private static string Body(Program program)
    {
        var text = ProgramText.Print(program);
        return Regex.Replace(text[text.IndexOf("core 0\n", StringComparison.Ordinal)..], " +", " ");
    }

    private static int[][] Orders(Program program, Core.Chips.Chip chip) =>
        new CoreSchedule(program, 0, chip, new RandomCosts()).Orders(
            DependenceTracker.NeverWritten(program), Rules) ?? [];

    private static bool Conflict(Visit a, Visit b)
    {
        var earlier = a.Touched.ToLookup(t => t.Where);
        return b.Touched.Any(t => earlier[t.Where].Any(e => e.Kind != AccessKind.Read || t.Kind != AccessKind.Read));
    }

    /// <summary>Copies between SBUF tensors of random sizes, in random order.</summary>
    private static Program Tiles(Queue<int> numbers)
    {
        var k = new KernelBuilder(TestChips.Trn2);
        TensorView[] tensors =
            [.. Enumerable.Range(0, 25).Select(_ => k.Sbuf("t", DType.Int8, [1, 2 + numbers.Dequeue() % 700]))];
        for (var at = 0; numbers.TryDequeue(out var n); at++)
        {
            var (dst, src) = (tensors[(at + n % 6) / 6 % 25], tensors[(at + n / 100 % 6) / 6 % 25]);
            k.Issue(new TensorCopy(dst[.., ..1], src[.., 1..2]),
                (n / 1000 % 3) switch { 0 => Engine.Vector, 1 => Engine.Scalar, _ => Engine.GpSimd });
        }

        return k.Build();
    }

    /// <summary>The most bytes, in lines of 64, between first and last touch of tensors.</summary>
    private static long Peak(Program program)
    {
        var copies = program.Cores[0].Entries.Select(e => (TensorCopy)e.Operation).ToList();
        var lives = program.Tensors.Select(t => (
            Size: (t.Bytes + 63) / 64 * 64,
            First: copies.FindIndex(c => c.Dst.Tensor == t.Id || c.Src.Tensor == t.Id),
            Last: copies.FindLastIndex(c => c.Dst.Tensor == t.Id || c.Src.Tensor == t.Id))).ToArray();
        return Enumerable.Range(0, copies.Count).Max(i => lives.Sum(l => l.First <= i && i <= l.Last ? l.Size : 0));
    }

    /// <summary>Costs by a hash of the operation, the same at each call.</summary>
    private sealed class RandomCosts : IOperationCosts
    {
        public Func<Program, long> Time { get; init; } = static _ => 0;

        public OperationCost Of(Program program, in Entry entry)
        {
            var effects = new EffectSink();
            entry.Operation.Effects(effects);
            var hash = 7 * effects.Memory.Length + (effects.Memory.Length > 0
                ? effects.Memory[0].Pattern.Offset + 3 * effects.Memory[0].Pattern.Tensor : 0);
            return new OperationCost(hash % 50, hash % 70, entry.Operation.Info.Attribute.IsDma
                ? hash % 30 : 0, (byte)(hash % 3), hash % 40);
        }

        public long Elapsed(Program program) => Time(program);
    }
}
