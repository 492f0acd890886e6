using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Tests.Kernels;

/// <summary>Executing costs no allocation per operation: a pass over twice the program allocates no more.</summary>
public sealed class AllocationFreeTests
{
    public static TheoryData<string> Names() => [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Executing_allocates_nothing_per_operation(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var chip = KernelChip.Of(kernel);
        var program = Pipeline.Compile(kernel.Trace(chip, kernel.Sizes(kernel.Case()), kernel.Case().DType), chip);
        var once = program with { Cores = [.. program.Cores.Select(c => new CoreProgram { Entries = [.. Free(c)] })] };
        var twice = program with { Cores = [.. program.Cores.Select(c => new CoreProgram { Entries = [.. Free(c), .. Free(c)] })] };
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed: 1);

        // The first pass compiles the loops; what is left is the pass's own few objects and the packing space of a
        // core.
        Allocated(twice, binding, chip);
        Assert.InRange(Allocated(twice, binding, chip) - Allocated(once, binding, chip), -64, 64);
    }

    private static Entry[] Free(CoreProgram core) => [.. core.Entries.Select(e => e with { Waits = [], Signals = [] })];

    private static long Allocated(Program program, Binding binding, Chip chip)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        FunctionPass.Run(program, binding, chip);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
