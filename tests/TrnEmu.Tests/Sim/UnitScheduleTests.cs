using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;
using Semaphore = TrnEmu.Core.Isa.Semaphore;

namespace TrnEmu.Tests.Sim;

/// <summary>Schedules worked out by hand: on the unit chip each instruction, packet and hand-over takes 1 ns.</summary>
public sealed class UnitScheduleTests
{
    private static readonly TestWork Work = TestWork.Items(512);

    [Fact]
    public void An_engine_executes_back_to_back()
    {
        var program = new TestProgram();
        program.Add(Engine.Vector, Work);
        program.Add(Engine.Vector, Work);
        Assert.Equal((1, 2), TestProgram.Ns(program.Run("unit"), 1));
    }

    [Fact]
    public void Engines_run_side_by_side_and_a_semaphore_takes_one()
    {
        var program = new TestProgram();
        var first = program.Add(Engine.Vector, Work);
        program.Add(Engine.Scalar, Work);
        program.Add(Engine.Scalar, Work, first);
        var times = program.Run("unit");
        Assert.Equal((0, 1), TestProgram.Ns(times, 1));
        Assert.Equal((2, 3), TestProgram.Ns(times, 2));
        var scalar = times.Engines.Single(e => e.Engine == Engine.Scalar);
        Assert.Equal((2000, 0), (scalar.Busy, scalar.IdleTail));
        Assert.Equal([0, 0, 1000, 0, 0, 0], scalar.Stalls);
    }

    [Fact]
    public void A_wait_for_the_own_engine_costs_the_semaphore()
    {
        var program = new TestProgram();
        var first = program.Add(Engine.Vector, Work);
        program.Add(Engine.Vector, Work, first);
        Assert.Equal((2, 3), TestProgram.Ns(program.Run("unit"), 1));
    }

    [Fact]
    public void Transfers_that_cost_nothing_follow_each_other_at_once()
    {
        var program = new TestProgram();
        program.Add(Engine.Sync, TestDma.Load(128, 1024));
        int[] loads = [.. Enumerable.Range(0, 20).Select(_ => program.Add(Engine.Sync, TestDma.Load(128, 512)))];
        program.Add(Engine.Vector, Work, loads);
        var model = new FreeModel();
        var times = TimePass.Run(FlatStream.Build(program.Build(), model.Generation), model);
        Assert.Equal((1000, 21), (times.Elapsed, times.Cores[0].Dma.Transfers));
    }

    [Fact]
    public void A_transfer_is_triggered_arrives_moves_and_wakes()
    {
        var program = new TestProgram();
        var load = program.Add(Engine.Sync, TestDma.Load(128, 512));
        program.Add(Engine.Vector, Work, load);
        var times = program.Run("unit");

        // Trigger at 0, first packet at 1, data leaves at 2, is written at 3 and seen at 4.
        Assert.Equal((0, 3), TestProgram.Ns(times, load));
        Assert.Equal((4, 5), TestProgram.Ns(times, 1));
        Assert.Equal(new DmaUse(1, 65536, 32000, 2000, 65536, 0), times.Dma);
        Assert.Equal(4000, times.Engines.Single(e => e.Engine == Engine.Vector).Stalls[(int)Engine.None]);
    }

    [Fact]
    public void Rows_of_partitions_8e_to_8e_plus_7_use_engine_e()
    {
        var program = new TestProgram();
        program.Add(Engine.Sync, TestDma.Load(rows: 12, rowBytes: 100, startPartition: 28));
        var shares = new ShareLog();
        program.Run("unit", new TimeOptions { Observer = shares });
        Assert.Equal([0, 0, 0, 400, 800, 0], shares.Bytes.Take(6));
        Assert.Equal(1200, shares.Bytes.Sum());
        Assert.Equal(16, shares.Bytes.Count);
    }

    [Fact]
    public void Queues_of_a_DMA_engine_take_turns()
    {
        var program = new TestProgram();
        for (var i = 0; i < 3; i++) program.Add(Engine.Sync, TestDma.Load(128, 512), 0, []);
        program.Add(Engine.Vector, Work);
        program.Add(Engine.Vector, TestDma.Load(128, 512), 1, []);
        var times = program.Run("unit");

        // Arrivals at 1, 2, 3 on queue 0 and at 2 on queue 1; each share holds its engine for 2
        // and is written 2 after its start.
        Assert.Equal([3, 7, 9, 1, 5], Enumerable.Range(0, 5).Select(i => TestProgram.Ns(times, i).End));
    }

    [Fact]
    public void The_next_stationary_matrix_loads_behind_the_current_product()
    {
        var program = new TestProgram();
        for (var i = 0; i < 4; i++) program.Add(Engine.Tensor, new TestMatmul(128, 512, DType.Bf16));
        var times = program.Run("unit");
        Assert.Equal((0, 2), TestProgram.Ns(times, 0));
        Assert.Equal((3, 5), TestProgram.Ns(times, 3));
    }

    [Fact]
    public void Completion_is_in_order()
    {
        var program = new TestProgram();
        program.Add(Engine.Scalar, new TestWork(new Instruction(CostClass.ActivateTable, 1, DType.Fp32)));
        program.Add(Engine.Scalar, TestWork.Items(1));
        var times = program.Run("trn2");
        // By itself the copy would be done 63.4 + 158.3 ns after the start, the function takes 294.
        Assert.Equal(times.EntryEnd.Span[0], times.EntryEnd.Span[1]);
    }

    [Fact]
    public void A_deadlock_names_every_stuck_engine()
    {
        var program = new TestProgram();
        program.Add(Engine.Vector, Work);
        program.Add(Engine.Scalar, Work, -1, [new Wait(new Semaphore(0, 0), 2)]);
        program.Add(Engine.Sync, TestDma.Load(1, 4), 0, [new Wait(new Semaphore(0, 1), 1)]);
        var fault = Assert.Throws<TrnException>(() => TimePass.Run(program.Build(), Chip.Load("unit")));
        Assert.Equal(FailureKind.Fault, fault.Kind);
        var finding = Assert.Single(fault.Diagnostics);
        Assert.Equal(FaultCodes.Deadlock, finding.Code);
        Assert.Equal(new SourceSpan("kernel.cs", 2), finding.Where);
        Assert.Equal(
            "test_work on the Scalar engine of core 0 waits for semaphore s0 to reach 2, it is 1 "
            + "and nothing is left that signals it",
            finding.Message);
        var note = Assert.Single(finding.Notes);
        Assert.Equal(new SourceSpan("kernel.cs", 3), note.Where);
        Assert.Contains("test_dma on the Sync engine", note.Message);
    }

    [Fact]
    public void An_operation_without_an_engine_is_refused()
    {
        var program = new TestProgram();
        program.Add(Engine.None, Work);
        program.Add(Engine.None, Work);
        var refused = Assert.Throws<TrnException>(() => TimePass.Run(program.Build(), Chip.Load("unit")));
        Assert.Equal([SimCodes.NotPlaced, SimCodes.NotPlaced], refused.Diagnostics.Select(d => d.Code));
    }

    private sealed class ShareLog : ITimeObserver
    {
        public List<long> Bytes { get; } = [];

        public void OnInstruction(int core, Engine engine, int entry, int instruction, long start, long free, long end)
        {
        }

        public void OnStall(int core, Engine engine, int entry, Engine cause, long start, long end)
        {
        }

        public void OnShare(
            int core, int dmaEngine, int queue, int entry, long bytes, long start, long free, long end) =>
            Bytes.Add(bytes);
    }
}
