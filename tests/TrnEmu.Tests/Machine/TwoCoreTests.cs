using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Tests.Machine;

/// <summary>Two cores that share one HBM: what they exchange, what orders them, and what does not.</summary>
public sealed class TwoCoreTests
{
    private static readonly Chip Trn2 = Chip.Load("trn2");

    [Fact]
    public void Random_phases_give_what_one_after_the_other_gives()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var phases = new TwoCorePhases(new Random(seed));
            var program = Pipeline.Compile(phases.Record(new KernelBuilder(Trn2)), Trn2);
            foreach (var binding in (Binding[])[Binding.Physical(program), Binding.Virtual(program)])
            {
                using (binding)
                {
                    phases.Fill(binding, program);
                    Run(program, binding);
                    phases.Check(binding, program);
                }
            }
        }
    }

    [Fact]
    public void Without_its_barrier_a_shared_tensor_is_a_race()
    {
        Assert.Null(Fault(Shared(hasBarrier: true)));
        Assert.Equal("TRN3101", Fault(Shared(hasBarrier: false)));
    }

    [Fact]
    public void A_barrier_waits_for_the_slower_core()
    {
        var k = new KernelBuilder(Trn2);
        var shared = k.Hbm("shared", DType.Fp32, [128, 64]);
        k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [128, 512]);
            for (var i = 0; i < (core == 0 ? 1 : 40); i++) k.Issue(new Memset(t, i), Engine.Vector);
            k.Issue(new CoreBarrier(shared, [0, 1]), Engine.Vector);
        });
        var times = TimePass.Run(Pipeline.Compile(k.Build(), Trn2), Trn2);
        var (fast, slow) = (times.Cores[0].EntryEnd.Span[^1], times.Cores[1].EntryEnd.Span[^1]);
        var gap = Math.Abs(fast - slow) * 1e-3;
        Assert.True(gap <= Trn2.SemaphoreNs + Trn2.Vector.Issue.RegisterNs, $"{gap} ns apart");
        Assert.True(fast > times.Cores[1].EntryEnd.Span[^2]);
    }

    [Fact]
    public void A_meeting_needs_its_other_half()
    {
        Assert.Equal("TRN2460", Finding(k => k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [8, 8]);
            var u = k.Sbuf("u", DType.Fp32, [8, 8]);
            k.Issue(new Memset(t, 0));
            if (core == 0) k.Issue(new SendRecv(t, u, 1, 1, PipeId: 0));
        })));
        Assert.Equal("TRN2460", Finding(k => k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [8, 8 + core]);
            var u = k.Sbuf("u", DType.Fp32, [8, 8 + core]);
            k.Issue(new Memset(t, 0));
            k.Issue(new SendRecv(t, u, 1 - core, 1 - core, PipeId: 0));
        })));
        Assert.Equal("TRN2460", Finding(k => k.Issue(new CoreBarrier(k.Hbm("shared", DType.Fp32, [1, 1]), [0, 1]))));
        Assert.Equal("TRN2461", Finding(k => k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [8, 8]);
            var u = k.Sbuf("u", DType.Fp32, [8, 8]);
            k.Issue(new SendRecv(t, u, core, core, PipeId: 0));
        })));
    }

    [Fact]
    public void A_barrier_guards_a_static_tensor() => Assert.Equal("TRN2011", Finding(k =>
    {
        AccessPattern shared = k.Hbm("shared", DType.Fp32, [1, 1]);
        k.EachCore(2, _ => k.Issue(new CoreBarrier(shared with { Dynamic = new DynamicOffset(OffsetKind.Register, 1, 0, 0, 1) }, [0, 1])));
    }));

    [Fact]
    public void Cores_that_wait_for_each_other_at_different_meetings_are_stuck()
    {
        var k = new KernelBuilder(Trn2);
        k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [8, 8]);
            var u = k.Sbuf("u", DType.Fp32, [8, 8]);
            k.Issue(new Memset(t, 0));
            for (var i = 0; i < 2; i++) k.Issue(new SendRecv(t, u, 1 - core, 1 - core, PipeId: core == 0 ? i : 1 - i));
        });
        using var binding = Binding.Virtual(k.Build());
        var fault = Assert.Throws<TrnException>(() => FunctionPass.Run(k.Build(), binding, Trn2)).Diagnostics[0];
        Assert.Equal("TRN3002", fault.Code.Id);
        Assert.Equal("core 1 stands at sendrecv", fault.Notes[0].Message);
    }

    [Theory]
    [InlineData(256, DType.Fp32, null), InlineData(257, DType.Fp32, "TRN2462")]
    [InlineData(256, DType.UInt8, null), InlineData(257, DType.UInt8, "TRN2462")]
    public void A_swap_by_GpSimd_has_a_size(int free, DType dtype, string? code) => Assert.Equal(code, Finding(k => k.EachCore(2, core =>
    {
        var t = k.Sbuf("t", dtype, [8, free]);
        var u = k.Sbuf("u", dtype, [8, free]);
        k.Issue(new SendRecv(t, u, 1 - core, 1 - core, PipeId: 0, DmaEngine.GpsimdDma));
    })));

    /// <summary>Core 1 writes what core 0 reads.</summary>
    private static Program Shared(bool hasBarrier)
    {
        var k = new KernelBuilder(Trn2);
        var shared = k.InOut("shared", DType.Fp32, [8, 8], new TensorContent(ContentKind.Zeros));
        k.EachCore(2, core =>
        {
            var t = k.Sbuf("t", DType.Fp32, [8, 8]);
            if (core == 1) k.Issue(new Memset(t, 1));
            if (core == 1) k.Issue(new DmaCopy(shared, t));
            if (hasBarrier) k.Issue(new CoreBarrier(shared, [0, 1]));
            if (core == 0) k.Issue(new DmaCopy(t, shared));
        });
        return Pipeline.Compile(k.Build(), Trn2);
    }

    private static string? Fault(Program program)
    {
        try
        {
            using var binding = Binding.Physical(program);
            Run(program, binding);
            return null;
        }
        catch (TrnException e)
        {
            return e.Diagnostics[0].Code.Id;
        }
    }

    private static string? Finding(Action<KernelBuilder> record)
    {
        try
        {
            var k = new KernelBuilder(Trn2);
            record(k);
            Pipeline.Compile(k.Build(), Trn2);
            return null;
        }
        catch (TrnException e)
        {
            return e.Diagnostics[0].Code.Id;
        }
    }

    private static void Run(Program program, Binding binding) =>
        FunctionPass.Run(program, binding, Trn2, new ObserverList(new RaceObserver(program), new WrittenObserver(program)));
}
