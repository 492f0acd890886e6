using BenchmarkDotNet.Attributes;
using TrnEmu.Bench.Compare;
using TrnEmu.Bench.Compare.Baselines;
using TrnEmu.Core.Chips;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Bench.Host;

/// <summary>
/// A BERT-base layer of 512 tokens in bf16 on one thread: executed under the observers of a run and timed, and its
/// parts; against torch and ONNX Runtime. 8.05 GFLOP. (Baselines in other processes measure themselves: `compare`.)
/// </summary>
public class OneLayer : IDisposable
{
    private readonly Chip _chip = Chip.Load("trn2");
    private ExecutableProgram? _program;
    private Action? _baseline;

    /// <summary>How products are computed.</summary>
    [ParamsAllValues]
    public ArrayPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ArrayPaths.Choose(Path);
        Compile();
    }

    public void Compile() => _program = new ExecutableProgram(BertLayer.Compile(_chip), _chip);

    [GlobalSetup(Target = nameof(OnnxRuntimeFp32))]
    public void LoadBaseline() => _baseline = OnnxRuntime.Layer(BertLayer.Tokens);

    [GlobalCleanup]
    public void Dispose()
    {
        _program?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true), BenchmarkCategory(OnnxRuntime.Category)]
    public void OnnxRuntimeFp32() => _baseline!();

    [Benchmark, BenchmarkCategory(Torch.Category)]
    public double TorchFp32() => Torch.Layer("fp32", BertLayer.Tokens)();

    [Benchmark, BenchmarkCategory(Torch.Category)]
    public double TorchBf16() => Torch.Layer("bf16", BertLayer.Tokens)();

    [Benchmark]
    public void Run() => Run(threads: 1);

    [Benchmark]
    public void RunOnTwoThreads() => Run(threads: 2);

    [Benchmark]
    public void Execute() => _program!.Execute(isObserved: false);

    [Benchmark]
    public Timeline Time() => _program!.Time();

    [Benchmark]
    public void RaceDetection() => RaceObserver.Check(_program!.Program);

    /// <summary>What the layer gives.</summary>
    public byte[] Outputs() => _program!.Outputs();

    private void Run(int threads)
    {
        _program!.Execute(isObserved: true, threads);
        _program.Time();
    }
}
