using BenchmarkDotNet.Attributes;
using TrnEmu.Bench.Compare;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Bench.Host;

/// <summary>
/// A matmul 512 x 768 x 3072 in bf16 as the machine executes it (loads from HBM, products, sums out of PSUM, rounded,
/// stored), one thread, with and without the observers of a run, against OpenBLAS in fp32. 2.4 GFLOP.
/// </summary>
public class Gemm : IDisposable
{
    private const int M = 512, N = 768, K = 3072;

    private readonly float[] _a = new float[M * K];
    private readonly float[] _b = new float[K * N];
    private readonly float[] _c = new float[M * N];
    private ExecutableProgram? _program;

    /// <summary>How products are computed.</summary>
    [ParamsAllValues]
    public ArrayPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ArrayPaths.Choose(Path);
        Fill();
    }

    public void Fill()
    {
        var random = new Random(1);
        foreach (var matrix in new[] { _a, _b })
            for (var i = 0; i < matrix.Length; i++) matrix[i] = random.NextSingle() - 0.5f;
        var chip = Chip.Load("trn2");
        var kernel = new Compiler.Kernels.Kernel("matmul", "", new MatmulBlocked());
        var sizes = kernel.Sizes(kernel.Case(), ("M", M), ("N", N), ("K", K));
        _program = new ExecutableProgram(Pipeline.Compile(kernel.Trace(chip, sizes, DType.Bf16), chip), chip);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _program?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true), BenchmarkCategory(OpenBlas.Category)]
    public void OpenBlasSgemm() => OpenBlas.Multiply(M, N, K, _a, _b, _c);

    [Benchmark]
    public void Bf16() => _program!.Execute();

    [Benchmark]
    public void Bf16Unobserved() => _program!.Execute(isObserved: false);
}
