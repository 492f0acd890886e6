using System.Diagnostics;
using System.Reflection;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Generation;
using TrnEmu.Inference;
using TrnEmu.Sim;
using TrnEmu.Sim.Observers;

namespace TrnEmu;

/// <summary>One call from a target to what it computes and how long the chip takes for it.</summary>
public static class Emulator
{
    /// <summary>The target is not something that can be run.</summary>
    public static readonly DiagnosticCode Target = new(
        "TRN1002", "target",
        "A target is the name of a kernel, a .trn file, or a model (.onnx, llama2.c .bin, .safetensors or a folder with "
        + "config.json, a graph .json); `trnemu run` also takes a Python script (.py) that calls NKI kernels.",
        "`trnemu kernels` lists the kernels.");

    /// <summary>A limit for hostile or runaway programs.</summary>
    public static readonly DiagnosticCode Limit = new(
        "TRN1003", "limit", "Programs that need very much of the host are refused unless the user asks for them.",
        "Raise --max-instructions or --max-memory.");

    /// <summary>Assemblies whose kernels can be run by name; a program may add its own.</summary>
    public static IList<Assembly> KernelAssemblies { get; } = [];

    /// <summary>Every kernel that can be run by name.</summary>
    public static IReadOnlyList<Kernel> Kernels => KernelRegistry.All([.. KernelAssemblies]);

    /// <summary>How operations of graphs become kernels, by the operation's name.</summary>
    internal static IReadOnlyDictionary<string, ILowering> Lowerings => LoweringRegistry.All([.. KernelAssemblies]);

    /// <summary>The model that a run without a target uses.</summary>
    public static string BuiltIn => BuiltInModel.Name;

    /// <summary>
    /// Compiles a target; of a generating model the step that all tokens which the options ask for can use.
    /// </summary>
    /// <exception cref="TrnException">Everything that is wrong with it.</exception>
    public static Compilation Compile(string target, RunOptions options, CompileOptions? compile = null)
    {
        var workload = Models.Find(target, options) is { } load ? GenerationRun.Workload(load(), options) : Find(target, options);
        if (workload is ModelWorkload model) compile?.Graph?.Invoke(model.Model);
        var program = Compile(workload, options.LoadChip(workload.DefaultChip), options, compile);
        return new Compilation(program, workload.Constant);
    }

    /// <summary>
    /// Compiles a target if needed, executes it, predicts its time, compares it with its reference. Time alone executes
    /// it too where data decide how often a loop runs.
    /// </summary>
    /// <exception cref="TrnException">Bad input, or a fault of the emulated machine.</exception>
    public static RunResult Run(string target, RunOptions options)
    {
        if (Models.Find(target, options) is { } load) return GenerationRun.Execute(target, load, options);
        if (IsOnnx(target)) CheckOptions(target, options);
        if (IsOnnx(target) && options.Tokens is not null) return DecoderRun.Execute(target, options);
        if (IsOnnx(target) || ModelInputs.IsGraph(target)) return ModelRun.Execute(target, options);
        var clock = Stopwatch.StartNew();
        var workload = Find(target, options);
        var chip = options.LoadChip(workload.DefaultChip);
        var log = new CompileLog();
        var program = Compile(workload, chip, options, log.Options);
        var compiled = clock.Elapsed.TotalSeconds;
        var early = EarlyTime.Start(program, chip, options);
        var path = options.Function ? null : ExecutionPath.Static(program, options.MaxIterations);
        var function = path is null ? FunctionRun.Execute(program, chip, options, workload) : null;
        if (path is not null) CheckUnexecuted(program, path);
        var executed = clock.Elapsed.TotalSeconds;
        var (straight, timed) = early is not null ? early.Result : Time(program, chip, options, path ?? function!.Path);
        var wall = clock.Elapsed.TotalSeconds;
        return new RunResult(target, chip, program, new HostStatistics(
            compiled, function?.Seconds ?? 0, wall - executed, wall, Process.GetCurrentProcess().PeakWorkingSet64 / 1e6))
        {
            WhatIf = options.WhatIf,
            Executed = straight,
            Timed = timed,
            Outputs = options.Function ? function!.Outputs : [],
            Check = function?.Check,
            Sample = function?.Sample,
            UsefulMacs = workload.UsefulMacs,
            Peaks = MemoryPeaks.Of(program, chip),
            Spills = log.Spills,
            Diagnostics = log.Warnings,
        };
    }

    private static (Program Straight, TimedRun? Timed) Time(Program program, Chip chip, RunOptions options, ExecutionPath path)
    {
        if (!options.Time) return (program, null);
        var straight = Unrolling.Unroll(program, path, options.MaxInstructions);
        return (straight, TimedRun.Of(straight, chip));
    }

    /// <summary>What can be proved about races and unwritten reads without executing.</summary>
    internal static void CheckUnexecuted(Program program, ExecutionPath? path = null) =>
        MemoryObserver.Check(program, path);

    private static IWorkload Find(string target, RunOptions options)
    {
        if (IsOnnx(target) || ModelInputs.IsGraph(target)) return ModelRun.Workload(target, options);
        Narrowing.CheckNone(target, options);
        if (target.EndsWith(".trn", StringComparison.Ordinal)) return ProgramWorkload.Load(target, options);
        if (File.Exists(target) || target.Contains('/', StringComparison.Ordinal))
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                Target,
                "is no .trn file, no model (.onnx, .bin, .safetensors or a folder with config.json, .json) and no kernel's name",
                new SourceSpan(target, 0)));
        }

        return KernelWorkload.Find(target, options);
    }

    /// <summary>What is for other targets is refused, not overlooked.</summary>
    private static void CheckOptions(string target, RunOptions options)
    {
        var problem = options.Case is not null ? "--case is for kernels; a model takes --dim and --input"
            : options.Prompt is not null ? "the file has no pieces of text: give --tokens in place of --prompt"
            : options.Tokens is null && options.Steps is not null ? "--steps is for models that continue --tokens"
            : options.Tokens is not null && options.Inputs.Count > 0 ? "--tokens makes all inputs; --input is for runs without it"
            : null;
        if (problem is not null)
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(Target, problem, new SourceSpan(target, 0)));
    }

    private static bool IsOnnx(string target) => target.EndsWith(".onnx", StringComparison.Ordinal);

    internal static Program Compile(IWorkload workload, Chip chip, RunOptions options, CompileOptions? compile)
    {
        if (workload is not ModelWorkload { Graph: var graph }) return CompileUnnamed(workload, chip, options, compile);
        if (compile?.Warn is { } warn) compile = compile with { Warn = w => warn(NodeNotes.Of(graph, w)) };
        return NodeNotes.Named(graph, () => CompileUnnamed(workload, chip, options, compile));
    }

    private static Program CompileUnnamed(IWorkload workload, Chip chip, RunOptions options, CompileOptions? compile)
    {
        var trace = workload.Trace(chip);
        var count = trace.Cores.Sum(c => (long)c.Entries.Count);
        if (count > options.MaxInstructions) throw TooMuch($"the program has {count} operations, limit {options.MaxInstructions} (--max-instructions)");
        CheckMemory(trace.Tensors.Sum(t => t.Space == MemorySpace.Hbm ? t.Bytes : 0), options);
        if (options.Function) CheckHostArrays(trace);
        if (!workload.IsCompiled) return Pipeline.Compile(trace, chip, PassOptions.Of(options, compile, chip));
        PassOptions.CheckCompiled(options);
        Pipeline.Verify(trace, chip);
        return trace with { Chip = chip.Name };
    }

    /// <summary>What is only timed is never allocated.</summary>
    /// <exception cref="TrnException">TRN1003: the tensors in HBM have more bytes than the options allow.</exception>
    internal static void CheckMemory(long bytes, RunOptions options)
    {
        if (options.Function && bytes > options.MaxMemory) throw TooMuch($"the tensors in HBM have {bytes} bytes, limit {options.MaxMemory} (--max-memory)");
    }

    /// <summary>What goes in or comes out is an array of bytes on the host; other tensors may be larger.</summary>
    private static void CheckHostArrays(Program trace)
    {
        foreach (var t in trace.Tensors)
        {
            if (t.Role != TensorRole.Internal && t.Elements * sizeof(float) > Array.MaxLength)
                throw TooMuch($"{t.Role} {t.Name} {t.TypeText} has {t.Elements} elements, limit {Array.MaxLength / sizeof(float)} (an array of the host)");
        }
    }

    private static TrnException TooMuch(FormattableString message) => new(
        FailureKind.BadInput, Diagnostic.Error(Limit, FormattableString.Invariant(message), SourceSpan.None));
}
