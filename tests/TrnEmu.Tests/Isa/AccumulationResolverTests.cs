using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Tensor;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Operations;

namespace TrnEmu.Tests.Isa;

public sealed class AccumulationResolverTests
{
    private readonly Scene _scene = new();

    /// <summary>What a kernel does next with a PSUM pattern.</summary>
    private enum Step
    {
        Automatic,
        Overwrite,
        Add,
        OtherWrite,
        Read,
    }

    [Fact]
    public void Every_element_follows_the_rule() => Support.Property.ForAll(
        Kernels(),
        kernel =>
        {
            var model = new AccumulationModel();
            var resolver = new AccumulationResolver(kernel.Tensors, generation: 3);
            foreach (var (step, dst) in kernel.Steps)
            {
                var holds = model.HoldsSum(dst);
                var findings = resolver.Findings.Count;
                var resolved = resolver.Resolve(Make(step, dst));
                if (step is Step.Automatic) Assert.Equal(holds, Adds(((NcMatmul)resolved).Accumulate, holds.Count));
                else Assert.Equal(Make(step, dst), resolved);
                Assert.Equal(findings + (step is Step.Add && holds.Contains(false) ? 1 : 0), resolver.Findings.Count);
                if (step is not Step.Read) model.Write(dst, isMatmul: step is not Step.OtherWrite);
            }
        },
        cases: 1000);

    [Fact]
    public void First_overwrites_then_all_add_until_another_instruction_writes()
    {
        var dst = _scene.Psum(DType.Fp32, 128, 512);
        var resolver = new AccumulationResolver(_scene.Tensors, 3);
        Assert.Equal(Accumulation.Overwrite, Next(resolver, dst));
        Assert.Equal(Accumulation.Add, Next(resolver, dst));
        resolver.Resolve(new Reader(dst));
        Assert.Equal(Accumulation.Add, Next(resolver, dst));
        resolver.Resolve(new Writer(dst));
        Assert.Equal(Accumulation.Overwrite, Next(resolver, dst));
    }

    [Fact]
    public void Tensors_made_while_recording_start_empty()
    {
        var first = _scene.Psum(DType.Fp32, 8, 8);
        var resolver = new AccumulationResolver(_scene.Tensors, 3);
        Next(resolver, first);
        Assert.Equal(Accumulation.Overwrite, Next(resolver, _scene.Psum(DType.Fp32, 8, 8)));
    }

    [Fact]
    public void A_write_at_a_dynamic_place_counts_for_its_partitions()
    {
        var dst = _scene.Psum(DType.Fp32, 2, 8);
        var resolver = new AccumulationResolver(_scene.Tensors, 3);
        Next(resolver, dst);
        var moved = Scene.Free(dst, 2) with { Partitions = 1, Dynamic = new(OffsetKind.Register, 0, 0, 0, 2) };
        resolver.Resolve(new Writer(moved));
        Assert.Equal(new Accumulation(AccumulationKind.Mixed, [8, 8]), Next(resolver, dst));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Adding_to_no_sum_is_an_error_before_generation_4(int generation, bool isError)
    {
        var dst = _scene.Psum(DType.Fp32, 2, 8);
        var resolver = new AccumulationResolver(_scene.Tensors, generation);
        Next(resolver, Scene.Free(dst, 5));
        resolver.Resolve(Make(Step.Add, dst));
        Assert.Equal(
            isError
                ? ["nc_matmul: accumulate is true, but 6 of 16 elements of dst (t0 fp32[2,8]) hold no matmul result, "
                    + "the first in row 0, column 5"]
                : [],
            resolver.Findings.Select(f => f.Message));
    }

    [Theory]
    [InlineData(new[] { 5, 3, 8 }, 0)]
    [InlineData(new[] { 4, 4, 8 }, 1)]
    [InlineData(new[] { 5, 11 }, 8)]
    [InlineData(new[] { 0, 16 }, 13)]
    public void Explicit_runs_add_to_sums_only(int[] runs, int missing)
    {
        var dst = _scene.Psum(DType.Fp32, 2, 8);
        var resolver = new AccumulationResolver(_scene.Tensors, 3);
        Next(resolver, Scene.Free(dst, 3) with { Partitions = 1, Offset = 5 * sizeof(float) });
        var mixed = new Accumulation(AccumulationKind.Mixed, [.. runs]);
        resolver.Resolve(((NcMatmul)Make(Step.Add, dst)).WithAccumulation(mixed));
        if (missing == 0) Assert.Empty(resolver.Findings);
        else Assert.Contains($"but {missing} of 16", Assert.Single(resolver.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scattered_sums_leave_their_tensor_undecided()
    {
        var (dst, other) = (_scene.Psum(DType.Bf16, 32, 8), _scene.Psum(DType.Bf16, 32, 8));
        var resolver = new AccumulationResolver(_scene.Tensors, generation: 4);
        var index = new DynamicOffset(OffsetKind.Indirect, _scene.Sbuf(DType.Int32, 32, 1).Tensor, 0, 0, 1, 32);
        Assert.Equal(Accumulation.Automatic, Next(resolver, dst with { Dynamic = index }));
        Assert.Equal(Accumulation.Automatic, Next(resolver, dst));
        Assert.Equal(Accumulation.Overwrite, Next(resolver, other));
    }

    [Fact]
    public void What_verification_refuses_is_not_decided_by_bounds()
    {
        var dst = _scene.Psum(DType.Fp32, 2, 8);
        var resolver = new AccumulationResolver(_scene.Tensors, 3);
        Assert.Equal(Accumulation.Overwrite, Next(resolver, Scene.Free(dst, 9)));
        Assert.Equal(Accumulation.Overwrite, Next(resolver, dst with { Partitions = 3 }));
        Assert.Equal(Accumulation.Add, ((NcMatmul)resolver.Resolve(Make(Step.Add, Scene.Free(dst, 9)))).Accumulate);
        Assert.Equal(Accumulation.Overwrite, Next(resolver, dst));
    }

    private static Accumulation Next(AccumulationResolver resolver, AccessPattern dst) =>
        ((NcMatmul)resolver.Resolve(Make(Step.Automatic, dst))).Accumulate;

    /// <summary>
    /// Whether each element is added to; mixed runs must have both kinds, and none is empty but the first.
    /// </summary>
    private static List<bool> Adds(Accumulation accumulate, int elements)
    {
        if (accumulate.Kind != AccumulationKind.Mixed)
            return [.. Enumerable.Repeat(accumulate == Accumulation.Add, elements)];
        Assert.True(accumulate.Runs.Count > (accumulate.Runs[0] == 0 ? 2 : 1));
        Assert.DoesNotContain(0, accumulate.Runs.Skip(1));
        return [.. accumulate.Runs.SelectMany((length, i) => Enumerable.Repeat(i % 2 == 1, length))];
    }

    private static Operation Make(Step step, AccessPattern dst) => step switch
    {
        Step.Automatic => new NcMatmul(dst, dst, dst),
        Step.Overwrite => new NcMatmul(dst, dst, dst, Accumulate: false),
        Step.Add => new NcMatmul(dst, dst, dst, Accumulate: true),
        Step.OtherWrite => new Writer(dst),
        _ => new Reader(dst),
    };

    private static Gen<Kernel> Kernels() =>
        from shapes in Gen.ArrayOf(Gen.Zip(Gen.Choose(1, 5), Gen.Elements(3, 32, 100, 256)), 2)
        let tensors = shapes
            .Select((s, i) => new Tensor(i, $"t{i}", MemorySpace.Psum, DType.Fp32, [s.Item1, s.Item2])).ToArray()
        from steps in Gen.ListOf(StepOn(tensors))
        select new Kernel(tensors, [.. steps]);

    private static Gen<(Step, AccessPattern)> StepOn(Tensor[] tensors) =>
        from step in Gen.Frequency(
            (4, Gen.Constant(Step.Automatic)),
            (1, Gen.Elements(Step.Overwrite, Step.Add, Step.Read)),
            (2, Gen.Constant(Step.OtherWrite)))
        from tensor in Gen.Elements(tensors)
        from pattern in Gen.Frequency(
            (1, Gen.Constant(AccessPattern.Whole(tensor))), (3, Part(tensor, step is Step.OtherWrite)))
        select (step, pattern);

    /// <summary>Some partitions, and one or two levels anywhere inside.</summary>
    private static Gen<AccessPattern> Part(Tensor tensor, bool anyDType) =>
        from dtype in anyDType
            ? Gen.Elements(DType.Fp32, DType.Bf16, DType.Int8)
            : Gen.Elements(DType.Fp32, DType.Fp32, DType.Bf16)
        let length = (int)(tensor.BytesPerPartition / dtype.Size())
        from first in Gen.Choose(0, tensor.Partitions - 1)
        from rows in Gen.Choose(1, tensor.Partitions - first)
        from start in Gen.Choose(0, length - 1)
        from stride in Gen.Elements(1, 1, 1, 2, 5)
        from count in Gen.Choose(1, (length - 1 - start) / stride + 1)
        let reach = start + (count - 1) * stride
        from outerStride in Gen.Elements(0, 1, count, 7)
        from outer in Gen.Choose(1, Math.Min(3, (length - 1 - reach) / Math.Max(outerStride, 1) + 1))
        select new AccessPattern
        {
            Tensor = tensor.Id,
            StartPartition = first,
            Partitions = rows,
            Offset = start * dtype.Size(),
            DType = dtype,
            Count0 = 1,
            Count1 = 1,
            Count2 = outer,
            Count3 = count,
            Stride2 = outerStride,
            Stride3 = stride,
        };

    private sealed record Kernel(Tensor[] Tensors, (Step Step, AccessPattern Pattern)[] Steps);

    [Operation("test_writer", Summary = "writes dst")]
    private sealed record Writer([Writes] AccessPattern Dst) : Operation
    {
        public override void Execute(CoreState core) => throw new NotSupportedException();

        public override void Expand(ExpansionSink e) => throw new NotSupportedException();
    }

    [Operation("test_reader", Summary = "reads src")]
    private sealed record Reader([Reads] AccessPattern Src) : Operation
    {
        public override void Execute(CoreState core) => throw new NotSupportedException();

        public override void Expand(ExpansionSink e) => throw new NotSupportedException();
    }
}
