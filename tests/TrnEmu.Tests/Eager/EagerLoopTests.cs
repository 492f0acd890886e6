using System.Runtime.InteropServices;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Eager;
using TrnEmu.Sim;
using TrnEmu.Tests.Machine;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Eager;

/// <summary>
/// Random kernels with nested device loops, written eagerly: what the same loops of C# compute, and the time of the
/// program that executes them. Tensors that a body makes are made anew in each iteration.
/// </summary>
public sealed class EagerLoopTests
{
    private const int Cases = 150;
    private static readonly Chip Trn2 = Chip.Load("trn2");

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Loops_are_recorded_once_and_executed_each_time(bool makesLate, bool keeps)
    {
        var (all, compared) = (0, 0);
        Property.ForAll(LoopNode.Kernels, body =>
        {
            all++;
            if (LoopRun.Make(Trn2, body, seed: body.Length) is not { } run) return;
            var expected = run.Execute(run.Program, Core.Machine.Binding.Physical(run.Program));
            var trace = LoopKernel.Trace(Trn2, body);
            using var replay = EagerReplay.Of(
                trace, t => Input(run, t), new EagerOptions { Keep = keeps }, makesLate);
            Assert.Equal(expected, (int[])[.. Output(replay, trace, "table"), .. Output(replay, trace, "limits"), .. Output(replay, trace, "total")]);
            compared++;
            if (!keeps) return;
            var elapsed = TimePass.Run(Core.Machine.Unrolling.Unroll(run.Program, run.Path!), Trn2).Elapsed;
            var result = replay.Finish();
            if (!makesLate) Assert.Equal(elapsed, result.Timeline!.Elapsed);
        }, Cases);
        Assert.InRange(compared, all / 2, all);
    }

    private static byte[]? Input(LoopRun run, Tensor tensor) => tensor.Name switch
    {
        "table" => MemoryMarshal.AsBytes(run.Table.AsSpan()).ToArray(),
        "limits" => MemoryMarshal.AsBytes(run.Limits.AsSpan()).ToArray(),
        _ => null,
    };

    private static int[] Output(EagerReplay replay, Program trace, string name) =>
        MemoryMarshal.Cast<byte, int>(replay.Read(trace.Tensors.First(t => t.Name == name))).ToArray();
}
