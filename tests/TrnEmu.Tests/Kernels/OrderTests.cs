using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;
using TrnEmu.Tests.Sim;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// The law: what a program computes does not depend on how long anything takes. Operations executed in the order in
/// which any timing model lets them start, or end, give the bits of program order.
/// </summary>
public sealed class OrderTests
{
    private const int Models = 8;
    private static readonly Chip Trn2 = Chip.Load("trn2");

    public static TheoryData<string> Names() => [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_the_timing_model(string name)
    {
        var program = Compile(name);
        var expected = Outputs(program, threads: 1);
        for (var seed = 0; seed < Models; seed++)
        {
            var times = TimePass.Run(FlatStream.Build(program, Trn2.Generation), new RandomModel(seed)).Cores[0];
            Assert.Equal(expected, Outputs(Ordered(program, times.EntryStart.Span), threads: 1));
            Assert.Equal(expected, Outputs(Ordered(program, times.EntryEnd.Span), threads: 1));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_threads(string name)
    {
        var program = Compile(name);
        Assert.Equal(Outputs(program, threads: 1), Outputs(program, threads: 3));
    }

    [Fact]
    public void The_law_needs_the_semaphores()
    {
        var program = Compile("softmax");
        var core = program.Cores[0];
        var free = program with { Cores = [core with { Entries = [.. core.Entries.Select(e => e with { Waits = [] })] }] };
        var expected = Outputs(program, threads: 1);
        var differing = Enumerable.Range(0, Models).Count(seed =>
        {
            var times = TimePass.Run(FlatStream.Build(free, Trn2.Generation), new RandomModel(seed)).Cores[0];
            return !expected.SequenceEqual(Outputs(Ordered(free, times.EntryEnd.Span), threads: 1));
        });
        Assert.InRange(differing, 1, Models);
    }

    private static Program Compile(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var @case = kernel.Case();
        return Pipeline.Compile(kernel.Trace(Trn2, kernel.Sizes(@case), @case.DType), Trn2);
    }

    /// <summary>The same entries sorted by time; program order where times are equal.</summary>
    private static Program Ordered(Program program, ReadOnlySpan<long> times)
    {
        var keys = times.ToArray();
        var core = program.Cores[0];
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).ThenBy(i => i);
        return program with { Cores = [core with { Entries = [.. order.Select(i => core.Entries[i])] }] };
    }

    private static byte[] Outputs(Program program, int threads)
    {
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed: 1);
        FunctionPass.Run(program, binding, Trn2, observer: null, threads);
        return [.. program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut).SelectMany(t => TestValues.Bytes(binding, t).ToArray())];
    }
}
