using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Kernels;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>What rotating addresses is worth, and that it changes nothing else.</summary>
public sealed class RotationTests
{
    private static readonly CompileOptions Off = new() { Rotate = false };

    public static TheoryData<string> Names() =>
        [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_it(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        foreach (var chip in Chip.Known.Select(Chip.Load).Where(kernel.RunsOn))
        {
            var trace = kernel.Trace(chip, kernel.Sizes(kernel.Case()), kernel.Case().DType);
            Assert.Equal(CompiledRun.Outputs(Pipeline.Compile(trace, chip), chip),
                CompiledRun.Outputs(Pipeline.Compile(trace, chip, Off), chip));
        }
    }

    [Theory]
    [InlineData("softmax"), InlineData("matmul_naive"), InlineData("add")]
    public void With_one_buffer_iterations_wait_for_each_other(string name)
    {
        var (chip, kernel) = (Chip.Load("trn2"), KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name));
        var trace = kernel.Trace(chip, kernel.Sizes(kernel.Case()), kernel.Case().DType);
        var (with, without) =
            (Time(Pipeline.Compile(trace, chip), chip), Time(Pipeline.Compile(trace, chip, Off), chip));
        Assert.True(without > with, $"{name}: {with} ps with rotation, {without} without");
    }

    [Fact]
    public void A_program_that_has_its_addresses_keeps_them()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("add.trn");
        Assert.Equal(0, Shell.Run("compile", "add", "--rotate", "off", "-o", file).Code);
        Assert.Equal(0, Shell.Run("run", file, "--rotate", "on").Code);
        var (code, _, error) = Shell.Run("run", file, "--rotate", "off");
        Assert.Equal(2, code);
        Assert.Contains(
            "error TRN1002: --rotate off: the program is compiled already", error, StringComparison.Ordinal);
    }

    private static long Time(Program program, Chip chip) =>
        TimePass.Run(KernelRun.Straight(program, chip), chip).Elapsed;
}
