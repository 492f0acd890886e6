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

    public static TheoryData<string> Names() => [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_the_timing_model(string name)
    {
        var program = KernelRun.Straight(Compile(name), KernelChip.Of(KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name)));
        var expected = Outputs(Compile(name), threads: 1);
        for (var seed = 0; seed < Models; seed++)
        {
            var times = Timed(program, seed);
            Assert.Equal(expected, Outputs(Ordered(program, times, static c => c.EntryStart), threads: 1));
            Assert.Equal(expected, Outputs(Ordered(program, times, static c => c.EntryEnd), threads: 1));
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
            return !expected.SequenceEqual(Outputs(Ordered(free, Timed(free, seed), static c => c.EntryEnd), threads: 1));
        });
        Assert.InRange(differing, 1, Models);
    }

    private static Program Compile(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var @case = kernel.Case();
        var chip = KernelChip.Of(kernel);
        return Pipeline.Compile(kernel.Trace(chip, kernel.Sizes(@case), @case.DType), chip);
    }

    private static Timeline Timed(Program program, int seed) =>
        TimePass.Run(FlatStream.Build(program, Chip.Load(program.Chip).Generation), new RandomModel(seed));

    /// <summary>The same entries sorted by time; program order where times are equal.</summary>
    private static Program Ordered(Program program, Timeline times, Func<CoreTimes, ReadOnlyMemory<long>> key) =>
        program with { Cores = [.. program.Cores.Select((core, c) => Ordered(core, key(times.Cores[c]).ToArray()))] };

    private static CoreProgram Ordered(CoreProgram core, long[] keys)
    {
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).ThenBy(i => i);
        return core with { Entries = [.. order.Select(i => core.Entries[i])] };
    }

    private static byte[] Outputs(Program program, int threads)
    {
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed: 1);
        FunctionPass.Run(program, binding, Chip.Load(program.Chip), observer: null, threads);
        return [.. program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut).SelectMany(t => TestValues.Bytes(binding, t).ToArray())];
    }
}
