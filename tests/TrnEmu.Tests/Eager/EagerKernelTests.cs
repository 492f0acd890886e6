using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text;
using TrnEmu.Data;
using TrnEmu.Eager;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Tests.Eager;

/// <summary>Every kernel of the repository, issued operation by operation: same bits, same program, same time.</summary>
public sealed class EagerKernelTests
{
    private static readonly IReadOnlyList<Kernel> All = KernelRegistry.All(typeof(MatmulNaive).Assembly);

    public static TheoryData<string> Names() => [.. All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_eager_run_is_the_run_of_its_trace(string name)
    {
        var options = new RunOptions { Reference = false };
        var expected = Emulator.Run(name, options);
        var kernel = All.Find(name);
        var @case = kernel.Case();
        var trace = kernel.Trace(expected.Chip, kernel.Sizes(@case), @case.DType);
        using var replay = EagerReplay.Of(trace, Input, new EagerOptions { Run = options with { Chip = expected.Chip.Name } });
        Assert.Equal(ProgramText.Print(trace), ProgramText.Print(replay.Run.ToProgram() with { Tensors = trace.Tensors }));
        var result = replay.Finish();
        Assert.Equal(expected.Outputs.Select(o => (o.Name, o.Sha256)), result.Outputs.Select(o => (o.Name, o.Sha256)));
        Assert.Equal(expected.Program.Cores, result.Program.Cores);
        Assert.Equal(expected.Timeline!.Elapsed, result.Timeline!.Elapsed);
    }

    private static byte[]? Input(Tensor tensor) => tensor.Role is TensorRole.Input or TensorRole.InOut or TensorRole.Constant
        ? ContentGenerator.Make(tensor, (tensor.Content ?? new TensorContent(ContentKind.Random)).Kind, tensor.Content?.Seed ?? 0).Bytes
        : null;
}
