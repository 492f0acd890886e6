using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>A roof is a least time: no unit is busy for less.</summary>
public sealed class RooflineTests
{
    /// <summary>
    /// Transposes of fp32 take one pass where products take two: taken for products, they broke the roof.
    /// </summary>
    [Theory]
    [InlineData(DType.Fp32, true), InlineData(DType.Fp32, false)]
    [InlineData(DType.Bf16, true), InlineData(DType.Bf16, false)]
    public void The_array_is_busy_for_at_least_its_least_time(DType dtype, bool transposes)
    {
        var program = new TestProgram();
        for (var i = 0; i < 20; i++) program.Add(Engine.Tensor, new TestMatmul(128, 512, dtype, transposes));
        foreach (var name in (string[])["trn1", "inf2", "trn2", "trn3"])
        {
            var chip = Chip.Load(name);
            var run = Explained.Run(program.Build(), new ChipTimingModel(chip));
            var roofline = Roofline.Of(run.Prices, chip, run.Timeline.Cores[0], 0);
            var least = roofline.Bounds.Single(b => b.Unit == "tensor").Time;
            Assert.InRange(least, 1, run.Timeline.Cores[0].Engines[0].Busy);
        }
    }
}
