using System.Runtime.InteropServices;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Eager;
using TrnEmu.Sim;
using TrnEmu.Tests.Isa.OperationProperties;
using TrnEmu.Tests.Machine;

namespace TrnEmu.Tests.Eager;

/// <summary>Two cores that meet: one runs until it waits, then the other.</summary>
public sealed class EagerTwoCoreTests
{
    private static readonly Chip Trn2 = Chip.Load("trn2");

    [Fact]
    public void Random_phases_give_the_bits_and_the_time_of_their_trace()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var phases = new TwoCorePhases(new Random(seed));
            var trace = phases.Record(new KernelBuilder(Trn2));
            var program = Pipeline.Compile(trace, Trn2);
            using var binding = Binding.Physical(program);
            phases.Fill(binding, program);
            var x = TensorBytes.Read(binding, program.Tensors.First(t => t.Name == "x"));
            FunctionPass.Run(program, binding, Trn2);
            using var replay = EagerReplay.Of(trace, t => t.Name == "x" ? x : null);
            var y = program.Tensors.First(t => t.Name == "y");
            Assert.Equal(TensorBytes.Read(binding, y), replay.Read(y));
            Assert.Equal(TimePass.Run(program, Trn2).Elapsed, replay.Finish().Timeline!.Elapsed);
        }
    }

    [Fact]
    public void A_core_that_waits_alone_is_stuck()
    {
        using var run = new EagerRun(new EagerOptions { Cores = 2 });
        var (a, b) = (Tile(run, "a"), Tile(run, "b"));
        run.Issue(0, new Memset(a, 0) { Span = new SourceSpan("k.py", 3) });
        Assert.False(run.Issue(0, new SendRecv(a, b, 1, 1, PipeId: 0) { Span = new SourceSpan("k.py", 4) }));
        var finding = Assert.Single(Assert.Throws<TrnException>(() => run.Finish([], [])).Diagnostics);
        Assert.Equal("k.py:4: error TRN3002: core 0 waits at sendrecv for the other core, which does not come\n    core 1 has come to its end",
            finding.ToString());
    }

    [Fact]
    public void A_core_has_chip_memory_of_its_own()
    {
        using var run = new EagerRun(new EagerOptions { Cores = 2 });
        var a = Tile(run, "a");
        var finding = Assert.Single(Assert.Throws<TrnException>(() => run.Issue(1, new Memset(a, 0))).Diagnostics);
        Assert.Equal("TRN4003", finding.Code.Id);
    }

    private static AccessPattern Tile(EagerRun run, string name) => AccessPattern.Whole(run.Program.TensorAt(
        run.AddTensor(new TensorRequest(name, MemorySpace.Sbuf, DType.Int32, [8, 8]))));
}
