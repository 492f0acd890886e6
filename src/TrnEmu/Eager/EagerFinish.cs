using System.Diagnostics;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Data;
using TrnEmu.Sim.Observers;

namespace TrnEmu.Eager;

/// <summary>From what an eager run has recorded and computed to its result.</summary>
internal sealed class EagerFinish(
    ProgramRecording recording, Binding binding, Chip chip, EagerOptions options, NotedAddresses? addresses,
    EqualWrites? equal, double functionSeconds)
{
    /// <summary>
    /// Outputs as they were computed; with time the trace goes through the passes, is checked for races and timed along
    /// the way that execution took. Reads of what nothing wrote were judged when they were executed.
    /// </summary>
    /// <exception cref="Core.Diagnostics.TrnException">What the passes find (TRN4xxx), or a race.</exception>
    public RunResult Run(IReadOnlyList<int> outputs, IReadOnlyList<string> names, ExecutionPath path, bool time)
    {
        TensorData[] values = [.. outputs.Select((id, i) => Read(recording.TensorAt(id), i < names.Count ? names[i] : ""))];
        foreach (var id in outputs) MarkOutput(recording.TensorAt(id));
        if (!time) return Result(recording.ToProgram(chip.Name), values, new CompileLog(), default, functionSeconds);
        var clock = Stopwatch.StartNew();
        var log = new CompileLog();
        var program = Pipeline.Compile(TakeTrace(), chip, PassOptions.Of(options.Run, log.Options, chip));
        CheckRaces(program, path);
        var straight = Unrolling.Unroll(program, path, options.Run.MaxInstructions);
        var compiled = clock.Elapsed.TotalSeconds;
        var timed = TimedRun.Of(straight, chip);
        var wall = clock.Elapsed.TotalSeconds;
        var host = new HostStatistics(compiled, functionSeconds, wall - compiled, functionSeconds + wall, 0);
        return Result(program, values, log, host, functionSeconds) with { Executed = straight, Timed = timed };
    }

    /// <summary>What was recorded; the recording lets go of it, since the passes need the room.</summary>
    private Program TakeTrace()
    {
        var trace = recording.ToProgram(chip.Name);
        for (var core = 0; core < recording.CoreCount; core++) recording.Clear(core);
        return trace;
    }

    /// <summary>Of one core the compiler has ordered all that conflicts; several cores are judged by what they touched.</summary>
    private void CheckRaces(Program program, ExecutionPath path)
    {
        var observer = new RaceObserver(program, equal);
        foreach (var (core, index) in ProgramOrder.Of(program, path))
        {
            var entry = program.Cores[core].Entries[index];
            observer.Observe(core, index, entry, addresses?.Next(entry.Operation));
        }
    }

    private RunResult Result(Program program, TensorData[] outputs, CompileLog log, HostStatistics host, double wall) =>
        new(options.Target, chip, program, host with
        {
            FunctionSeconds = functionSeconds,
            WallSeconds = Math.Max(host.WallSeconds, wall),
            PeakMemoryMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
        })
        {
            WhatIf = options.Run.WhatIf,
            Outputs = outputs,
            Peaks = MemoryPeaks.Of(program, chip),
            Spills = log.Spills,
            Diagnostics = log.Warnings,
        };

    /// <summary>The values of an HBM tensor.</summary>
    private TensorData Read(Tensor tensor, string name) => new(
        name.Length > 0 ? name : tensor.Name, tensor.DType, tensor.Shape, HostCopy.Read(binding[tensor.Id], tensor.Bytes));

    private void MarkOutput(Tensor tensor)
    {
        var role = tensor.Role is TensorRole.Input or TensorRole.InOut ? TensorRole.InOut : TensorRole.Output;
        recording.Replace(tensor with { Role = role });
    }
}
