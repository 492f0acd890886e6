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

    private FunctionRun(ExecutionPath path, IReadOnlyList<TensorData> outputs, CheckResult? check, double seconds)
    {
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

    /// <summary>Executes a compiled program.</summary>
    /// <exception cref="TrnException">A fault, or inputs that do not fit.</exception>
    public static FunctionRun Execute(Program program, Chip chip, RunOptions options, IWorkload workload)
    {
        var inputs = ReadInputs(program, options, workload);
        using var binding = Binding.Physical(program);
        foreach (var tensor in program.Tensors)
        {
            if (inputs.TryGetValue(tensor.Name, out var data)) HostCopy.Write(binding[tensor.Id], data.Bytes);
        }

        var clock = Stopwatch.StartNew();
        var observer = new MemoryObserver(program);
        var path = FunctionPass.Run(
            program, binding, chip, observer, options.Threads, options.Arithmetic, options.MaxIterations);
        var seconds = clock.Elapsed.TotalSeconds;
        TensorData[] outputs =
        [
            .. program.Tensors.Where(t => t.Role is TensorRole.Output or TensorRole.InOut)
                .Select(t => new TensorData(t.Name, t.DType, t.Shape, HostCopy.Read(binding[t.Id], t.Bytes))),
        ];
        var check = options.Function && options.Reference && workload.Reference is { } reference
            ? ReferenceCheck.Compare(program, inputs, outputs, reference, Tolerance.Of(workload.DType, workload.Roundings))
            : null;
        return new FunctionRun(path, outputs, check, seconds);
    }

    private static Dictionary<string, TensorData> ReadInputs(Program program, RunOptions options, IWorkload workload)
    {
        var given = program.Tensors.Where(t => t.Role is TensorRole.Input or TensorRole.InOut or TensorRole.Constant).ToArray();
        foreach (var name in options.Inputs.Keys)
        {
            if (given.All(t => t.Name != name))
                throw Bad($"there is no input {name}, expected {string.Join(", ", given.Select(t => t.Name))}");
        }

        return given.ToDictionary(t => t.Name, t => ReadInput(t, options, workload));
    }

    private static TensorData ReadInput(Tensor tensor, RunOptions options, IWorkload workload)
    {
        if (options.Inputs.TryGetValue(tensor.Name, out var path)) return Fitting(tensor, Npy.Read(path, tensor.Name, tensor.DType), path);
        var content = tensor.Content ?? new TensorContent(ContentKind.Random);
        return content.Kind == ContentKind.File
            ? new TensorData(tensor.Name, tensor.DType, tensor.Shape, workload.Constant(tensor))
            : ContentGenerator.Make(tensor, content.Kind, content.Seed + options.Seed);
    }

    private static TensorData Fitting(Tensor tensor, TensorData data, string path) => data.Shape == tensor.Shape
        ? data
        : throw Bad($"{path} has shape [{string.Join(',', data.Shape)}], input {tensor.Name} is {tensor.TypeText}");

    private static TrnException Bad(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(Input, message, SourceSpan.None));
}
