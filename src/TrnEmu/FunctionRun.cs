using System.Diagnostics;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Data;
using TrnEmu.Sim.Observers;

namespace TrnEmu;

/// <summary>One execution: inputs into HBM, the function pass under the observers, outputs out, comparison.</summary>
internal sealed class FunctionRun
{
    /// <summary>An input that was named does not exist or has another shape.</summary>
    public static readonly DiagnosticCode Input = new(
        "TRN1004", "input", "Inputs are given by the names and shapes that the program declares.",
        "`trnemu compile TARGET` prints the inputs of a program.");

    private FunctionRun(
        ExecutionPath path, IReadOnlyList<TensorData> outputs, CheckResult? check, double seconds, MatmulSample? sample)
    {
        Sample = sample;
        Path = path;
        Outputs = outputs;
        Check = check;
        Seconds = seconds;
    }

    /// <summary>The way through the program's loops.</summary>
    public ExecutionPath Path { get; }

    /// <summary>Output tensors after the run.</summary>
    public IReadOnlyList<TensorData> Outputs { get; }

    /// <summary>Comparison with the reference, where there is one and it was asked for.</summary>
    public CheckResult? Check { get; }

    /// <summary>Wall time of the function pass alone.</summary>
    public double Seconds { get; }

    /// <summary>The first matrix product, where there is one.</summary>
    public MatmulSample? Sample { get; }

    /// <summary>Executes a compiled program.</summary>
    /// <exception cref="TrnException">A fault, or inputs that do not fit.</exception>
    public static FunctionRun Execute(Program program, Chip chip, RunOptions options, IWorkload workload)
    {
        var inputs = RunInputData.Read(program, options, workload);
        using var binding = Binding.Physical(program);
        foreach (var tensor in inputs.Tensors) inputs.Write(tensor, binding[tensor.Id]);

        var clock = Stopwatch.StartNew();
        var watch = new MatmulWatch();
        var observer = new ObserverList(new MemoryObserver(program), watch);
        var path = FunctionPass.Run(
            program, binding, chip, observer, options.Threads, options.Arithmetic, options.MaxIterations);
        var seconds = clock.Elapsed.TotalSeconds;
        TensorData[] outputs =
        [
            .. program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut)
                .Select(t => new TensorData(t.Name, t.DType, t.Shape, HostCopy.Read(binding[t.Id], t.Bytes))),
        ];
        var check = options.Function && options.Reference && workload.Reference is { } reference
            ? ReferenceCheck.Compare(program, inputs.Of, outputs, reference, Tolerance.Of(workload.DType, workload.Roundings))
            : null;
        return new FunctionRun(path, outputs, check, seconds, watch.Sample);
    }
}
