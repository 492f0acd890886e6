using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim;

/// <summary>Who waits for whom where engines, queues and products share what only one can have.</summary>
public sealed class SharedResourceTests
{
    private const InstructionTraits Sbuf = InstructionTraits.Sbuf;
    private const InstructionTraits Psum = InstructionTraits.SourcePsum | InstructionTraits.Sbuf;
    private const InstructionTraits Fast = Sbuf | InstructionTraits.Narrow | InstructionTraits.HalfFloat;

    [Theory]
    [InlineData("trn1", Engine.Vector, Sbuf, Engine.GpSimd, Sbuf, true)]
    [InlineData("trn1", Engine.Vector, InstructionTraits.DestinationPsum, Engine.GpSimd, Sbuf, true)]
    [InlineData("trn1", Engine.Vector, Sbuf, Engine.Scalar, Sbuf, false)]
    [InlineData("trn1", Engine.Vector, Psum, Engine.Scalar, Psum, true)]
    [InlineData("trn1", Engine.Scalar, Psum, Engine.Vector, Sbuf, false)]
    [InlineData("trn2", Engine.Vector, Sbuf, Engine.GpSimd, Sbuf, false)]
    [InlineData("trn2", Engine.Vector, Fast, Engine.GpSimd, Sbuf, true)]
    [InlineData("trn2", Engine.Vector, Psum, Engine.Scalar, Psum, true)]
    public void Engines_take_turns_at_what_their_generation_shares(
        string chip, Engine first, InstructionTraits traits, Engine second, InstructionTraits others, bool areInTurn)
    {
        if (traits == InstructionTraits.DestinationPsum) areInTurn = false;
        foreach (var arbitration in new[] { 1.0, 0 })
        {
            var program = new TestProgram();
            program.Add(first, Work(traits));
            program.Add(second, Work(others));
            var times = Run(program, chip, arbitration);
            var free = times.Engines.Single(e => e.Engine == first).Busy;
            Assert.Equal(areInTurn && arbitration > 0 ? free : 0, times.EntryStart.Span[1]);
            var waited = times.Engines.Single(e => e.Engine == second);
            Assert.Equal(times.EntryStart.Span[1], waited.Stalls[(int)first]);
        }
    }

    [Fact]
    public void Scalar_and_Vector_use_different_banks_at_once_from_generation_3()
    {
        foreach (var (chip, start) in new[] { ("trn1", true), ("trn2", false) })
        {
            var program = new TestProgram();
            program.Add(Engine.Vector, Work(Psum, banks: 1));
            program.Add(Engine.Scalar, Work(Psum, banks: 2));
            Assert.Equal(start, Run(program, chip).EntryStart.Span[1] > 0);
        }
    }

    /// <summary>Products of 2 ns in parts of the array; the next one's load takes 1 ns.</summary>
    [Theory]
    [InlineData(0x0033, 0xCC00, 1)]
    [InlineData(0x0033, 0x0011, 2)]
    [InlineData(0, 0x0011, 2)]
    [InlineData(0x0033, 0, 2)]
    public void Products_in_different_parts_of_the_array_overlap(int first, int second, int interval)
    {
        var program = new TestProgram();
        program.Add(Engine.Tensor, Product((ushort)first));
        program.Add(Engine.Tensor, Product((ushort)second));
        var times = TimePass.Run(
            program.Build(),
            Chip.Load("unit", [new("tensor.minimum_cycles", 2), new("tensor.load_latency_ns", 0)])).Cores[0];
        Assert.Equal(3, TestProgram.Ns(times, 0).End);
        Assert.Equal(3 + interval, TestProgram.Ns(times, 1).End);
    }

    [Fact]
    public void What_the_program_leaves_open_goes_through_one_generator()
    {
        foreach (var (mode, waits) in new[] { (DgeMode.Unknown, 600), (DgeMode.Hwdge, 0), (DgeMode.None, 0) })
        {
            var program = new TestProgram();
            var load = new TestDma(TestDma.Load(8, 64).Transfer with { Descriptors = mode });
            program.Add(Engine.Sync, load, 0, []);
            program.Add(Engine.Scalar, load, 1, []);
            var apart = Run(program, "trn2", arbitration: 0).EntryEnd.ToArray();
            var shared = Run(program, "trn2").EntryEnd.ToArray();
            Assert.Equal(waits, (shared.Max() - apart.Max()) / 1000);
        }
    }

    /// <summary>An ideal machine is a lower bound, for any program.</summary>
    [Fact]
    public void Arbitration_never_makes_it_faster_on_any_chip() => Property.ForAll(
        from steps in Step.Programs(oneQueue: true)
        from chip in Gen.Elements("trn1", "trn2", "trn3")
        select (steps, chip),
        c =>
        {
            var program = Step.Build(c.steps);
            var ideal = Chip.Load(c.chip, [new("shared.arbitration", 0), new("tensor.warm_up_ns", 0)]);
            Assert.True(TimePass.Run(program, Chip.Load(c.chip)).Elapsed >= TimePass.Run(program, ideal).Elapsed);
        });

    private static CoreTimes Run(TestProgram program, string chip, double arbitration = 1) =>
        TimePass.Run(program.Build(), Chip.Load(chip, [new("shared.arbitration", arbitration)])).Cores[0];

    private static TestWork Work(InstructionTraits traits, byte banks = 4) =>
        new(new Instruction(CostClass.Elementwise, 512, DType.Bf16, traits, Banks: banks));

    private static TestParts Product(ushort cells) => new(cells);
}
