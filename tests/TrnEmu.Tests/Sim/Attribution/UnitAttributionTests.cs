using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using Semaphore = TrnEmu.Core.Isa.Semaphore;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>
/// Attribution worked out by hand: on the unit chip each instruction, packet and hand-over takes 1 ns.
/// </summary>
public sealed class UnitAttributionTests
{
    private static readonly TestWork Work = TestWork.Items(512);
    private static readonly ChipTimingModel Unit = new(Chip.Load("unit"));

    [Fact]
    public void A_load_and_two_engines_in_turn()
    {
        var program = new TestProgram();
        var load = program.Add(Engine.Sync, TestDma.Load(128, 512));
        var other = program.Add(Engine.GpSimd, Work);
        var first = program.Add(Engine.Vector, Work, load);
        program.Add(Engine.Scalar, Work, first, other);
        var run = Explained.Run(program.Build(), Unit);
        run.Check();

        // Trigger at 0, first packet at 1, data and semaphore leave until 3, seen at 4; Vector 4 to 5, seen by Scalar at 6.
        Assert.Equal(
            [
                (0, 1, PathKind.TriggerToPacket, Engine.Sync), (1, 3, PathKind.Transfer, Engine.Sync),
                (3, 4, PathKind.DmaSemaphore, Engine.Sync), (4, 5, PathKind.Work, Engine.Vector),
                (5, 6, PathKind.Semaphore, Engine.Scalar), (6, 7, PathKind.Work, Engine.Scalar),
            ],
            run.Attribution.CriticalPath.Select(s => ((int)(s.From / 1000), (int)(s.To / 1000), s.Kind, s.Engine)));

        // Vector, Scalar, GpSimd, Sync. GpSimd's result may be seen at 6; it is seen at 2. Sync may go on until the end.
        Assert.Equal([0, 0, 4000, 0], run.Attribution.Slack.ToArray());
        Assert.Equal([0, 0, 4000, 6000], run.Attribution.EndSlack.ToArray());
        Assert.Equal(
            [
                new Stall(new StallKey(0, Engine.Scalar, Engine.Vector, -1, new Semaphore(0, 2), "test_work",
                    new SourceSpan("kernel.cs", 3)), 6000, 1),
                new Stall(new StallKey(0, Engine.Vector, Engine.None, 0, new Semaphore(0, 0), "test_dma",
                    new SourceSpan("kernel.cs", 1)), 4000, 1),
            ],
            run.Attribution.Stalls);
    }

    [Fact]
    public void Products_back_to_back_hide_their_loads()
    {
        var program = new TestProgram();
        for (var i = 0; i < 3; i++) program.Add(Engine.Tensor, new TestMatmul(128, 512, DType.Bf16));
        var run = Explained.Run(program.Build(), Unit);
        run.Check();

        // The first load 0 to 1, the products 1 to 2, 2 to 3, 3 to 4; the effect of the last is there when it ends, at 4.
        var path = run.Attribution.CriticalPath.Where(s => s.Kind != PathKind.Latency).ToArray();
        Assert.Equal([0, 1, 3, 5], path.Select(s => s.Instruction));
        Assert.All(path, s => Assert.Equal((Engine.Tensor, 1000), (s.Engine, s.Time)));
    }

    [Fact]
    public void A_DMA_engine_that_is_held_is_what_the_next_share_waits_for()
    {
        var program = new TestProgram();
        for (var i = 0; i < 3; i++) program.Add(Engine.Sync, TestDma.Load(128, 512));
        var run = Explained.Run(program.Build(), Unit);
        run.Check();

        // Triggered at 0, 1, 2 and there at 1, 2, 3; each holds the engines for 2.
        Assert.Equal(
            [(0, 1, PathKind.TriggerToPacket, 0), (1, 3, PathKind.Transfer, 0), (3, 5, PathKind.Transfer, 1),
                (5, 7, PathKind.Transfer, 2)],
            run.Attribution.CriticalPath.Select(s => ((int)(s.From / 1000), (int)(s.To / 1000), s.Kind, s.Transfer)));
        Assert.Equal([0, 1000, 2000], run.Attribution.Slack.ToArray());
    }

    [Fact]
    public void A_program_without_operations_has_no_path()
    {
        var run = Explained.Run(new TestProgram().Build(), Unit);
        run.Check();
        Assert.Empty(run.Attribution.CriticalPath);
    }
}
