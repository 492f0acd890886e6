using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Sim.Attribution;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// What holds exactly on every chip when nothing is arbitrated and the array neither warms up nor is throttled, and
/// what is left of it otherwise.
/// </summary>
public sealed class ChipProperties
{
    /// <summary>Further columns to stream; as many more stationary ones would be as many as before (see Step).</summary>
    private const int Stationary = 128;

    /// <summary>What is unlimited on the unit chip stays so.</summary>
    private const double MostOfAnything = 1e6;

    private static readonly Gen<string> Chips = Gen.Elements("unit", "trn1", "inf2", "trn2", "trn3");

    /// <summary>Numbers of which more makes nothing faster.</summary>
    private static readonly string[] Costs =
    [
        "vector.latency_ns", "vector.occupancy_ns", "scalar.latency_ns", "gpsimd.occupancy_ns", "semaphore_ns",
        "tensor.latency_ns", "tensor.load_latency_ns", "tensor.load_overhead_cycles", "tensor.pass_overhead_cycles",
        "tensor.minimum_cycles", "dma.write_latency_ns", "dma.end_to_engine_ns", "dma.generation_ns",
        "dma.packet_overhead_cycles", "dma.element_ns", "sync.trigger_ns", "sync.trigger_to_packet_ns",
        "scalar.issue.trigger_to_packet_ns", "vector.classes.elementwise.cycles",
    ];

    /// <summary>Numbers of which more makes nothing slower.</summary>
    private static readonly string[] Resources =
    [
        "tensor.clock_ghz", "vector.clock_ghz", "scalar.clock_ghz", "gpsimd.clock_ghz", "dma.clock_ghz",
        "dma.bytes_per_cycle", "tensor.load_columns_per_cycle",
    ];

    private static readonly Gen<(string Chip, Step[] Steps)> Any =
        from chip in Chips from steps in Step.Programs(oneQueue: false) select (chip, steps);

    private static readonly Gen<(string Chip, Step[] Steps)> OwnQueues =
        from c in Any select (c.Chip, c.Steps.Select(s => s with { Queue = s.IsDma ? (int)s.Engine : -1 }).ToArray());

    [Fact]
    public void A_cost_never_makes_it_faster() => Property.ForAll(
        from c in OwnQueues
        from number in Gen.Elements(Costs)
        from factor in Gen.Choose(101, 400)
        select (c, number, factor),
        x => Assert.True(Ideal(x.c.Chip, x.c.Steps) <= Ideal(x.c.Chip, x.c.Steps, (x.number, x.factor))),
        cases: 1000);

    [Fact]
    public void A_resource_never_makes_it_slower() => Property.ForAll(
        from c in OwnQueues
        from number in Gen.Elements(Resources)
        from factor in Gen.Choose(101, 400)
        select (c, number, factor),
        x => Assert.True(Ideal(x.c.Chip, x.c.Steps) >= Ideal(x.c.Chip, x.c.Steps, (x.number, x.factor))),
        cases: 500);

    [Fact]
    public void Further_work_or_a_further_dependency_never_makes_it_faster() => Property.ForAll(
        from c in OwnQueues from at in Gen.Choose(1, 59) from target in Gen.Choose(0, 58) select (c, at, target),
        x =>
        {
            var (chip, steps) = x.c;
            if (x.at >= steps.Length) return;
            var before = Ideal(chip, steps);
            var larger = steps.ToArray();
            larger[x.at] = larger[x.at] with { Size = larger[x.at].Size + Stationary };
            if (!larger[x.at].IsDma && !FollowsItsOwn(steps, x.at)) Slower(before, Ideal(chip, larger), $"more work of step {x.at}");
            if (x.target >= x.at) return;
            var bound = steps.ToArray();
            bound[x.at] = bound[x.at] with { Back = [.. bound[x.at].Back, x.at - x.target] };
            Slower(before, Ideal(chip, bound), $"step {x.at} waits for step {x.target}");
        },
        cases: 1000);

    /// <summary>
    /// An anomaly, and a true one: elements pass from an instruction to the next of its engine as they come. One that takes
    /// few of many may need the last of them; one that takes as many begins with the first, and passes its own on sooner.
    /// </summary>
    [Fact]
    public void Further_work_can_make_it_faster_where_an_instruction_takes_more_of_what_the_one_before_gives()
    {
        Assert.Equal(935_615, Passed(items: 8));
        Assert.Equal(844_186, Passed(items: 136));
    }

    private static long Passed(int items) => Ideal(
        "inf2", [new(Engine.Scalar, false, 156, -1, []), new(Engine.Scalar, false, items, -1, [1]), new(Engine.Scalar, false, 413, -1, [1])]);

    private static bool FollowsItsOwn(Step[] steps, int i) =>
        steps[i].After(i).Any(j => !steps[j].IsDma && steps[j].Engine == steps[i].Engine);

    private static void Slower(long before, long after, string change) =>
        Assert.True(before <= after, FormattableString.Invariant($"{before} ps, {after} ps where {change}"));

    [Fact]
    public void Twice_the_program_takes_at_most_twice_the_time() => Property.ForAll(
        OwnQueues,
        c =>
        {
            Step[] twice = [.. c.Steps, .. c.Steps.Select((s, i) => s with { Back = [.. s.Back.Where(b => b <= i)] })];
            Assert.True(Ideal(c.Chip, twice) <= 2 * Ideal(c.Chip, c.Steps));
        },
        cases: 500);

    [Fact]
    public void The_chip_itself_takes_at_least_as_long_as_the_ideal_one() => Property.ForAll(
        OwnQueues, c => Assert.True(Real(c.Chip, c.Steps).Elapsed >= Ideal(c.Chip, c.Steps)), cases: 500);

    /// <summary>
    /// An anomaly, as of any machine in which who asks first is served first. GpSimd's work is what the end waits for.
    /// Vector asks for the port that both use a moment earlier and holds it for long; with something else to do first,
    /// Vector comes later, and GpSimd need not wait.
    /// </summary>
    [Fact]
    public void Further_work_can_make_it_faster_where_engines_share_a_port()
    {
        Assert.Equal(22_418_686, PortProgram(further: false));
        Assert.Equal(17_998_814, PortProgram(further: true));
    }

    private static long PortProgram(bool further)
    {
        var program = new TestProgram();
        if (further) program.Add(Engine.Vector, Work(200, InstructionTraits.DestinationPsum));
        program.Add(Engine.Vector, Work(5000, InstructionTraits.Sbuf));
        program.Add(Engine.GpSimd, Work(1, InstructionTraits.None));
        var critical = program.Add(Engine.GpSimd, Work(500, InstructionTraits.Sbuf));
        program.Add(Engine.Scalar, Work(24000, InstructionTraits.Sbuf), critical);
        return TimePass.Run(program.Build(), Chip.Load("trn1")).Elapsed;

        static TestWork Work(int items, InstructionTraits traits) =>
            new(new Instruction(CostClass.Elementwise, items, DType.Fp32, traits));
    }

    [Fact]
    public void The_critical_path_is_as_long_as_the_run() => Property.ForAll(
        Any,
        c =>
        {
            foreach (var chip in new[] { IdealChip(c.Chip), Chip.Load(c.Chip) })
            {
                var run = Attribution.Explained.Run(Step.Build(c.Steps), new TrnEmu.Sim.Models.ChipTimingModel(chip));
                var path = run.Attribution.CriticalPath;
                Assert.Equal(run.Timeline.Elapsed, path.Sum(s => s.To - s.From));
                Assert.DoesNotContain(path, s => s.Kind == PathKind.Unexplained);
            }
        },
        cases: 300);

    [Fact]
    public void Every_engine_is_busy_stalled_or_at_its_end_and_every_byte_is_moved() => Property.ForAll(
        Any,
        c =>
        {
            var timeline = Real(c.Chip, c.Steps);
            foreach (var engine in timeline.Cores[0].Engines)
            {
                Assert.InRange(engine.Busy, 0, timeline.Elapsed);
                Assert.Equal(timeline.Elapsed, engine.Busy + engine.Stalls.Sum() + engine.IdleTail);
            }

            var moved = c.Steps.Where(s => s.IsDma)
                .Sum(s => ((TestDma)s.Operation).Transfer is var t ? t.Rows * t.RowBytes : 0);
            Assert.Equal(moved, timeline.Cores[0].Dma.Bytes);
        },
        cases: 500);

    private static Timeline Real(string chip, Step[] steps) => TimePass.Run(Step.Build(steps), Chip.Load(chip));

    private static long Ideal(string chip, Step[] steps, (string Number, int Percent)? changed = null) =>
        TimePass.Run(Step.Build(steps), IdealChip(chip, changed)).Elapsed;

    private static Chip IdealChip(string name, (string Number, int Percent)? changed = null)
    {
        List<KeyValuePair<string, double>> whatIf =
            [new("shared.arbitration", 0), new("tensor.warm_up_ns", 0), new("tensor.sustained_rate", 1)];
        if (changed is not var (number, percent)) return Chip.Load(name, whatIf);
        var value = ChipNumbers.Of(Chip.Load(name)).Single(n => n.Path == number).Quantity.Value;
        return value > MostOfAnything
            ? Chip.Load(name, whatIf) : Chip.Load(name, [.. whatIf, new(number, value * percent / 100)]);
    }
}
