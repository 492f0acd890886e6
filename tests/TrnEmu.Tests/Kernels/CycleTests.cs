using System.Globalization;
using System.Text;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// Modelled time of every kernel, case and chip. A change of prediction is a diff of this golden, which a person reads.
/// </summary>
public sealed class CycleTests
{
    [Fact]
    public void Predicted_times_are_these()
    {
        var text = new StringBuilder();
        text.AppendLine("# kernel case chip: operations, picoseconds");
        foreach (var kernel in KernelRegistry.All(typeof(MatmulNaive).Assembly))
        {
            foreach (var @case in kernel.Body.Cases)
            {
                foreach (var chip in Chip.Known.Select(Chip.Load).Where(kernel.RunsOn))
                {
                    var program = Pipeline.Compile(kernel.Trace(chip, kernel.Sizes(@case), @case.DType), chip);
                    var elapsed = TimePass.Run(KernelRun.Straight(program, chip), chip).Elapsed;
                    text.AppendLine(CultureInfo.InvariantCulture, $"{kernel.Name} {@case.Name} {chip.Name}: {program.Cores[0].Entries.Count}, {elapsed}");
                }
            }
        }

        Golden.Check("cycles.txt", text.ToString());
    }

    [Theory]
    [InlineData("matmul_naive", 0.10, 0.25), InlineData("matmul_one_bank", 0.52, 0.66), InlineData("matmul_double_buffered", 0.76, 0.90)]
    public void The_ladder_predicts_what_was_measured(string name, double least, double most)
    {
        // Measured MFU on trn2 at 2048^3 in bf16: 17.5 % (fp32), 59.5 %, 83.7 %.
        Assert.InRange(Mfu(name), least, most);
    }

    [Fact]
    public void Each_step_of_the_ladder_is_better_than_the_last()
    {
        string[] ladder = ["matmul_naive", "matmul_hoisted", "matmul_one_bank", "matmul_double_buffered", "matmul_blocked"];
        var mfu = ladder.Select(Mfu).ToArray();
        Assert.Equal(mfu.Order(), mfu);
    }

    private static double Mfu(string name)
    {
        const double Size = 2048;
        var chip = Chip.Load("trn2");
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        var sizes = kernel.Sizes(kernel.Case("bf16"), ("M", (int)Size), ("N", (int)Size), ("K", (int)Size));
        var program = Pipeline.Compile(kernel.Trace(chip, sizes, kernel.Case("bf16").DType), chip);
        var cyclesAtPeak = Size * Size * Size / (128 * 128);
        return cyclesAtPeak / (TimePass.Run(program, chip).TimeUs * 1e3 * chip.Tensor.ClockGhz);
    }
}
