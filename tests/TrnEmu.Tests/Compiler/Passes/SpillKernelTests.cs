using System.Text.Json;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Tests.Cli;
using TrnEmu.Tests.Kernels;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>Kernels in an SBUF that is too small for them.</summary>
public sealed class SpillKernelTests
{
    public static TheoryData<string> Names() =>
        [.. KernelRegistry.All(typeof(MatmulNaive).Assembly).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_are_those_of_the_whole_SBUF(string name)
    {
        var kernel = KernelRegistry.All(typeof(MatmulNaive).Assembly).Find(name);
        foreach (var @case in kernel.Body.Cases)
        {
            foreach (var chip in (Chip[])[.. new[] { "trn1", "trn2", "trn3" }.Select(Chip.Load).Where(kernel.RunsOn)])
            {
                var trace = kernel.Trace(chip, kernel.Sizes(@case), @case.DType);
                var whole = Pipeline.Compile(trace, chip);
                var need = MemoryPeaks.Of(whole, chip).SbufBytesPerPartition;
                byte[]? expected = null;
                foreach (var part in (double[])[0.9, 0.6, 0.3])
                {
                    if (Small(trace, chip, (long)(need * part)) is not var (small, program)) continue;
                    expected ??= CompiledRun.Outputs(whole, chip);
                    Assert.Equal(expected, CompiledRun.Outputs(program, small));
                }
            }
        }
    }

    [Fact]
    public void Reports_tell_what_is_moved()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src/TrnEmu.Core/Chips/trn2.json"));
        var chip = folder.Write("small.json", text.Replace("229376", "8192", StringComparison.Ordinal));
        string[] run = ["run", "matmul_one_bank", "--chip", chip];
        var (code, output, error) = Shell.Run(run);
        Assert.Equal(0, code);
        Assert.Matches(@"SBUF is too small: \d+ tensors go to HBM and back, \d+ stores and \d+ loads of [0-9.]+ [KM]iB "
            + @"in all", output);
        Assert.Matches(@"kernels/matmul/\w+\.cs:\d+: warning TRN4004: ", error);
        using var json = JsonDocument.Parse(Shell.Run([.. run, "--json", "-"]).Output);
        var spills = json.RootElement.GetProperty("spills");
        Assert.True(spills.GetProperty("bytes").GetInt64() > 0
            && spills.GetProperty("loads").GetInt32() >= spills.GetProperty("tensors").GetInt32());
        Assert.Equal("TRN4004", json.RootElement.GetProperty("diagnostics")[0].GetProperty("code").GetString());
        var (compiled, dump, warning) = Shell.Run(["compile", .. run[1..], "--dump-after", "allocate"]);
        Assert.Equal(0, compiled);
        Assert.Contains(".reloaded", dump, StringComparison.Ordinal);
        Assert.Contains("TRN4004", warning, StringComparison.Ordinal);
    }

    private static (Chip Chip, Program Program)? Small(Program trace, Chip chip, long sbuf)
    {
        var small = Chip.Load(chip.Name, [new("sbuf_bytes_per_partition", Math.Max(64, sbuf / 64 * 64))]);
        var isSpilled = false;
        try
        {
            var program = Pipeline.Compile(trace, small, new CompileOptions { Spilled = _ => isSpilled = true });
            return isSpilled ? (small, program) : null;
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
        {
            return null;
        }
    }
}
