using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Tests.Kernels;

/// <summary>Compiles a kernel, runs it under both bindings with all checks, and judges its outputs.</summary>
internal static class KernelRun
{
    public static void Check(Kernel kernel, Sizes sizes, DType dtype, Chip chip, int seed = 0)
    {
        var program = Pipeline.Compile(kernel.Trace(chip, sizes, dtype), chip);
        using var physical = Run(program, Binding.Physical(program), chip, seed);
        using var separate = Run(program, Binding.Virtual(program), chip, seed);
        using var before = Filled(program, Binding.Virtual(program), seed);
        var reference = new ReferenceData(program, t => TestValues.Read(before, t));
        kernel.Body.Reference(sizes, reference);
        var tolerance = Tolerance.Of(dtype, kernel.Body.Roundings);
        foreach (var output in program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut))
        {
            var what = $"{kernel.Name} {sizes} {dtype.Name()} {chip.Name}: {output.Name}";
            Assert.True(TestValues.Bytes(physical, output).SequenceEqual(TestValues.Bytes(separate, output)), $"{what}: bindings differ");
            var error = Tolerance.Error(TestValues.Read(physical, output), reference[output.Name]);
            Assert.True(error <= tolerance, $"{what}: error {error} is over {tolerance}");
        }
    }

    /// <summary>
    /// The program as it is executed on test values, for time and for orders of execution: loops unrolled.
    /// </summary>
    public static Program Straight(Program program, Chip chip)
    {
        if (!ExecutionPath.IsNeeded(program)) return program;
        using var binding = Filled(program, Binding.Physical(program), seed: 1);
        return Unrolling.Unroll(program, FunctionPass.Run(program, binding, chip));
    }

    private static Binding Run(Program program, Binding binding, Chip chip, int seed)
    {
        Filled(program, binding, seed);
        var memory = new MemoryObserver(program);
        FunctionPass.Run(program, binding, chip, new ObserverList(new RaceObserver(program), new WrittenObserver(program), memory));
        Assert.Equal(program.Cores.Count == 1, memory.IsProved);
        return binding;
    }

    private static Binding Filled(Program program, Binding binding, int seed)
    {
        foreach (var tensor in program.Tensors.Where(t => t.Role is not (TensorRole.Output or TensorRole.Internal)))
            TestValues.Fill(binding, tensor, seed);
        return binding;
    }
}
