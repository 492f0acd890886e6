using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Passes;

public sealed class HbmCapacityTests
{
    [Theory]
    [InlineData(3 * 512, true)]
    [InlineData(3 * 512 - 1, false)]
    public void All_HBM_tensors_of_a_program_fit_or_one_is_refused(int capacity, bool fits)
    {
        var chip = Chip.Load("trn2", [new("hbm_bytes", capacity)]);
        var k = new KernelBuilder(chip);
        foreach (var name in new[] { "a", "b", "c" }) k.Input(name, DType.Fp32, [128, 1]);
        var compile = () => { Pipeline.Compile(k.Build(), chip); };
        if (fits)
        {
            compile();
            return;
        }

        var finding = Assert.Single(Assert.Throws<TrnException>(compile).Diagnostics);
        Assert.Equal(PassCodes.Capacity, finding.Code);
        Assert.Equal(
            "c fp32[128,1] needs 512 bytes of HBM, 511 of 1535 are free; tensors stay there as long as the program runs",
            finding.Message);
    }
}
