using BenchmarkDotNet.Attributes;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Matmul;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Observers;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Bench.Host;

/// <summary>
/// The passes that never look at data, over the program of a matmul 2048^3 (1154 operations with 66 DMA, 2178 engine
/// instructions). Times are for one operation: 200 ns are 5 million operations a second.
/// </summary>
public class TimingPass
{
    private const int Operations = 1154;
    private readonly Chip _chip = Chip.Load("trn2");
    private Program _trace = Program.Empty;
    private Program _program = Program.Empty;
    private PricedStream? _priced;

    [GlobalSetup]
    public void Compile()
    {
        var kernel = new Compiler.Kernels.Kernel("matmul", "", new MatmulDoubleBuffered());
        var sizes = kernel.Sizes(kernel.Case(), ("M", 2048), ("N", 2048), ("K", 2048));
        _trace = kernel.Trace(_chip, sizes, DType.Bf16);
        _program = Pipeline.Compile(_trace, _chip);
        if (_program.Cores[0].Entries.Count != Operations) throw new InvalidOperationException($"{_program.Cores[0].Entries.Count} operations");
        var model = new ChipTimingModel(_chip);
        _priced = PricedStream.Of(FlatStream.Build(_program, _chip.Generation), model);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public Timeline TimeOfPricedStream() => TimePass.Run(_priced!);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Timeline TimeOfProgram() => TimePass.Run(_program, _chip);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void RaceDetection() => RaceObserver.Check(_program);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Program Passes() => Pipeline.Compile(_trace, _chip);
}
