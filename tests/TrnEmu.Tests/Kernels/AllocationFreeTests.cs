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
    private static readonly Chip Trn2 = Chip.Load("trn2");

    public static TheoryData<string> Names() => [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Executing_allocates_nothing_per_operation(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var program = Pipeline.Compile(kernel.Trace(Trn2, kernel.Sizes(kernel.Case()), kernel.Case().DType), Trn2);
        var entries = program.Cores[0].Entries.Select(e => e with { Waits = [], Signals = [] }).ToArray();
        var once = program with { Cores = [new CoreProgram { Entries = [.. entries] }] };
        var twice = program with { Cores = [new CoreProgram { Entries = [.. entries, .. entries] }] };
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed: 1);

        // The first pass compiles the loops; what is left is the pass's own few objects and the packing space of a
        // core.
        Allocated(twice, binding);
        Assert.InRange(Allocated(twice, binding) - Allocated(once, binding), -64, 64);
    }

    private static long Allocated(Program program, Binding binding)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        FunctionPass.Run(program, binding, Trn2);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
