using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim.Models;
using TrnEmu.Tests.Kernels;

namespace TrnEmu.Tests.Sim.Attribution;

public sealed class KernelAttributionTests
{
    [Theory]
    [InlineData("trn1"), InlineData("inf2"), InlineData("trn2"), InlineData("trn3"), InlineData("unit")]
    public void Every_start_of_every_kernel_is_explained(string name)
    {
        var chip = Chip.Load(name);
        foreach (var kernel in KernelRegistry.All(typeof(MatmulNaive).Assembly).Where(k => k.RunsOn(chip)))
        {
            foreach (var @case in kernel.Body.Cases)
            {
                var program = Pipeline.Compile(kernel.Trace(chip, kernel.Sizes(@case), @case.DType), chip);
                Explained.Run(KernelRun.Straight(program, chip), new ChipTimingModel(chip)).Check();
            }
        }
    }
}
