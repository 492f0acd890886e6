using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Operations;

namespace TrnEmu.Tests.Isa;

/// <summary>Automatic accumulation in loops: one instruction for all iterations, however many there are.</summary>
public sealed class LoopAccumulationTests
{
    private static readonly Operation Never = new Loop(new(0), 0, 0);
    private static readonly Operation Twice = new Loop(new(0), 0, 2);
    private static readonly Operation Sometimes = new Loop(new(0), 0, new Register(1));
    private static readonly Operation End = new EndLoop();
    private readonly Scene _scene = new();
    private readonly AccessPattern _dst;
    private readonly AccumulationResolver _resolver;

    public LoopAccumulationTests()
    {
        _dst = _scene.Psum(DType.Fp32, 2, 8);
        _resolver = new AccumulationResolver(_scene.Tensors, 3);
    }

    [Fact]
    public void A_sum_that_each_iteration_would_continue_must_be_explicit()
    {
        Assert.Equal(Accumulation.Overwrite, Resolve(Twice, Sum())[^1]);
        Resolve(End);
        Expect("nc_matmul: accumulate is automatic: in the first iteration of its loop it would be false, in the next true");
    }

    [Fact]
    public void A_sum_that_begins_before_the_loop_goes_on_in_it()
    {
        Assert.Equal([Accumulation.Overwrite, Accumulation.Add], Resolve(Sum(), Sometimes, Sum(), End));
        Assert.Equal([Accumulation.Add], Resolve(Sum()));
        Expect();
    }

    [Fact]
    public void A_sum_that_the_body_clears_begins_in_each_iteration()
    {
        Assert.Equal(
            [Accumulation.Overwrite, Accumulation.Add],
            Resolve(new NcMatmul(_dst, _dst, _dst, Accumulate: false), Twice, Sum(), new Core.Isa.Operations.Vector.Memset(_dst, 0), End)[..2]);
        Expect("nc_matmul: accumulate is automatic: in the first iteration of its loop it would be true, in the next false");
    }

    [Fact]
    public void What_the_body_overwrites_first_is_the_same_in_each_iteration()
    {
        Assert.Equal([Accumulation.Overwrite, Accumulation.Add], Resolve(Twice, First(), Sum(), End));
        Expect();
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Behind_a_loop_that_may_not_run_a_sum_must_be_explicit(bool isNested)
    {
        if (isNested) Resolve(Twice);
        Resolve(Sometimes, First(), End, Sum());
        if (isNested) Resolve(End);
        Expect("nc_matmul: accumulate is automatic: whether elements of dst hold a sum depends on how often a loop runs");
    }

    [Fact]
    public void Behind_a_loop_that_runs_it_goes_on()
    {
        Assert.Equal([Accumulation.Overwrite, Accumulation.Add], Resolve(Twice, First(), End, Sum()));
        Expect();
    }

    [Fact]
    public void An_explicit_sum_needs_one_before_it_in_the_second_iteration_too()
    {
        Resolve(Sum(), Twice, new NcMatmul(_dst, _dst, _dst, Accumulate: true), new Core.Isa.Operations.Vector.Memset(_dst, 0), End);
        Assert.Equal("TRN2110", Assert.Single(_resolver.Findings).Code.Id);
    }

    [Fact]
    public void Nested_loops_are_judged_once()
    {
        Resolve(Sum(), Twice, Twice, Sum(), End, First(), End, Sum());
        Expect();
        Resolve(Never, Sum(), End);
        Expect();
    }

    private NcMatmul Sum() => new(_dst, _dst, _dst);

    private NcMatmul First() => new(_dst, _dst, _dst, Accumulate: false);

    /// <summary>What the sums among the operations become.</summary>
    private List<Accumulation> Resolve(params Operation[] operations) =>
        [.. operations.Select(_resolver.Resolve).OfType<NcMatmul>().Select(m => m.Accumulate)];

    private void Expect(params string[] messages) => Assert.Equal(messages, _resolver.Findings.Select(f => f.Message));
}
