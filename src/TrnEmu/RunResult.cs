using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Data;
using TrnEmu.Generation;
using TrnEmu.Sim;

namespace TrnEmu;

/// <summary>Everything that a run found out.</summary>
/// <param name="Target">What was run, as the user named it.</param>
/// <param name="Chip">The chip it ran on.</param>
/// <param name="Program">The compiled program.</param>
/// <param name="Host">How long the host took.</param>
public sealed record RunResult(string Target, Chip Chip, Program Program, HostStatistics Host)
{
    /// <summary>
    /// The operations as they were executed, loops unrolled; where they were not timed, the program itself.
    /// </summary>
    public Program Executed { get; init; } = Program;

    /// <summary>Numbers of the chip that were replaced for this run.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> WhatIf { get; init; } = [];

    /// <summary>Predicted time, or null when only function ran.</summary>
    public Timeline? Timeline => Timed?.Timeline;

    /// <summary>The timed program, or null when only function ran: asks why it takes that long.</summary>
    public TimedRun? Timed { get; init; }

    /// <summary>Output tensors after the run, or none when only time ran.</summary>
    public IReadOnlyList<TensorData> Outputs { get; init; } = [];

    /// <summary>Comparison with the reference, or null when there was none.</summary>
    public CheckResult? Check { get; init; }

    /// <summary>The first matrix product that was executed, where it was watched.</summary>
    public MatmulSample? Sample { get; init; }

    /// <summary>The graph of the model that ran, or null.</summary>
    public Compiler.Graph.ModelGraph? Graph { get; init; }

    /// <summary>Steps of the model that the host takes before and after the chip.</summary>
    public IReadOnlyList<HostNode> HostSteps { get; init; } = [];

    /// <summary>Multiply-adds that the task itself needs, where the target knows.</summary>
    public long? UsefulMacs { get; init; }

    /// <summary>Most bytes and banks that were in use.</summary>
    public required MemoryPeaks Peaks { get; init; }

    /// <summary>
    /// What the compiler moves to HBM and back; of a program that was compiled before, nothing is known.
    /// </summary>
    public SpillCounts Spills { get; init; }

    /// <summary>How often the program ran; <see cref="Timeline"/> is of one run.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>What a generating model answered, or null.</summary>
    public GenerationResult? Generation { get; init; }

    /// <summary>Warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>False when the check failed.</summary>
    public bool Passed => Check?.Passed ?? true;
}

/// <summary>Wall time and memory of the host.</summary>
/// <param name="CompileSeconds">Tracing and passes.</param>
/// <param name="FunctionSeconds">The function pass, race detection included.</param>
/// <param name="TimingSeconds">The time pass, as far as it was waited for: it may run beside the function pass.</param>
/// <param name="WallSeconds">All of it.</param>
/// <param name="PeakMemoryMegabytes">Largest resident set of the process.</param>
public readonly record struct HostStatistics(
    double CompileSeconds, double FunctionSeconds, double TimingSeconds, double WallSeconds, double PeakMemoryMegabytes);
