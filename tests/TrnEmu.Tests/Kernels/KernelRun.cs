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
        var reference = new ReferenceData(program, t => TestValues.Read(physical, t));
        kernel.Body.Reference(sizes, reference);
        foreach (var output in program.Tensors.Where(t => t.Role == TensorRole.Output))
        {
            var what = $"{kernel.Name} {sizes} {dtype.Name()} {chip.Name}: {output.Name}";
            Assert.True(TestValues.Bytes(physical, output).SequenceEqual(TestValues.Bytes(separate, output)), $"{what}: bindings differ");
            var error = Tolerance.Error(TestValues.Read(physical, output), reference[output.Name]);
            Assert.True(error <= Tolerance.Of(dtype), $"{what}: error {error} is over {Tolerance.Of(dtype)}");
        }
    }

    private static Binding Run(Program program, Binding binding, Chip chip, int seed)
    {
        foreach (var tensor in program.Tensors.Where(t => t.Role == TensorRole.Input)) TestValues.Fill(binding, tensor, seed);
        FunctionPass.Run(program, binding, chip, new ObserverList(new RaceObserver(program), new WrittenObserver(program)));
        return binding;
    }
}
