using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Cumsum;
using TrnEmu.Reports;

namespace TrnEmu.Tests.Python;

/// <summary>A kernel in Python and the same one in C# give one program and one time.</summary>
public sealed class TwinKernelTests
{
    private static readonly PythonTwin[] Twins =
    [
        new("add", "add/add.py"),
        new("transpose", "transpose/transpose.py"),
        new("transpose_tiles", "transpose/transpose.py"),
        new("transpose_vector", "transpose/transpose.py"),
        new("transpose_dma", "transpose/transpose.py"),
        new("matmul_naive", "matmul/matmul.py"),
        new("matmul_tiled", "matmul/matmul.py"),
        new("matmul_hoisted", "matmul/matmul.py"),
        new("matmul_free_blocks", "matmul/matmul.py"),
        new("matmul_blocked", "matmul/matmul.py"),
        new("matmul_mx", "matmul/matmul_mx.py"),
        new("softmax", "softmax/softmax.py"),
        new("rms_norm", "rms_norm/rms_norm.py"),
        new("layer_norm", "layer_norm/layer_norm.py"),
        new("rope", "rope/rope.py"),
        new("attention", "attention/attention.py"),
        new("mlp", "mlp/mlp.py"),
        new("mlp_gelu", "mlp/mlp.py", "inputs_gelu"),
        new("mamba", "mamba/mamba.py"),
        new("topk_rows", "topk_rows/topk_rows.py"),
        new("embedding", "embedding/embedding.py"),
        new("two_core_sum", "two_core_sum/two_core_sum.py"),
    ];

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. Twins.Select(t => t.Kernel)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Python_and_CSharp_give_one_program(string name)
    {
        Interpreter.SkipWithout();
        var twin = Twins.Single(t => t.Kernel == name);
        var kernel = Emulator.Kernels.Single(k => k.Name == name);
        var chip = kernel.MinGeneration > 3 ? "trn3" : "trn2";
        KernelCase[] cases = [.. kernel.Body.Cases.Where(c => IsOfPython(name, c))];
        var runs = twin.Run(chip, cases.Select(c => (kernel.Sizes(c), c.DType)), kernel.Body.Dimensions);
        foreach (var (@case, python) in cases.Zip(runs))
            Compare($"{name} {@case.Name}", Run(name, @case.Name, chip), python);
    }

    [Fact]
    public void Running_sums_are_those_of_the_lowering()
    {
        Interpreter.SkipWithout();
        Dimension[] dimensions = [new("M", 150, "rows"), new("N", 9000, "columns")];
        var sizes = new Sizes("cumsum", dimensions, []);
        var python = new PythonTwin("cumsum", "cumsum/cumsum.py").Run("trn2", [(sizes, DType.Fp32)], dimensions)[0];
        var chip = Chip.Load("trn2");
        var k = new KernelBuilder(chip);
        var x = k.Input("x", DType.Fp32, [150, 9000]);
        CumulativeSum.Emit(k, k.Output("y", DType.Fp32, [150, 9000]), x, isExclusive: false, isReverse: false);
        var expected = SameProgram.Of(Pipeline.Compile(k.Build(), chip));
        Assert.Equal("", SameProgram.Difference(expected, SameProgram.Of(python.Program)));
    }

    // The mx product is of bf16 whatever y is: the kernel in Python has y in bf16 too.
    private static bool IsOfPython(string name, KernelCase @case) => name != "matmul_mx" || @case.DType == DType.Bf16;

    private static RunResult Run(string name, string @case, string chip) =>
        Emulator.Run(name, new RunOptions { Case = @case, Chip = chip, Reference = false });

    private static void Compare(string what, RunResult expected, TwinRun python)
    {
        var metrics = new RunMetrics(expected, expected.Timeline!);
        var names = string.Join(", ", metrics.InstructionsByName.Select(i => $"{i.Name} {i.Count}"));
        var others = python.InstructionsByName;
        Assert.True(names == others, $"{what}:\n  C#     {names}\n  Python {others}");
        var difference = SameProgram.Difference(SameProgram.Of(expected.Program), SameProgram.Of(python.Program));
        Assert.True(difference.Length == 0, $"{what}: {difference}");
        Assert.Equal(metrics.EngineInstructions, python.EngineInstructions);
        Assert.Equal(expected.Timeline!.TimeUs, python.TimeUs);
    }
}
