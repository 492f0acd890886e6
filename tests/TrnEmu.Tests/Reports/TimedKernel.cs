using TrnEmu.Cli;

namespace TrnEmu.Tests.Reports;

/// <summary>Kernels, timed, for reports.</summary>
internal static class TimedKernel
{
    /// <summary>One engine after the other, side by side, parts of the array, loops, two cores, many transfers.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "softmax", "trn2" }, { "softmax", "unit" }, { "attention", "trn2" }, { "matmul_naive", "trn2" }, { "matmul_blocked", "trn1" },
        { "two_core_sum", "trn2" }, { "transpose_vector", "trn3" }, { "sum_rows", "trn2" }, { "linear_fused", "inf2" }, { "topk_rows", "trn2" },
    };

    public static RunResult Run(string name, string chip = "trn2")
    {
        // Any member of the command line's adds the kernels to those that can be run by name.
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(CommandLine).TypeHandle);
        return Emulator.Run(name, new RunOptions { Chip = chip, Reference = false, Threads = 1 });
    }
}
