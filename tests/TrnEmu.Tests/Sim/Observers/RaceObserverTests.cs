using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Dependences;

namespace TrnEmu.Tests.Sim.Observers;

/// <summary>Planted faults, each beside the sound program that it spoils.</summary>
public sealed class RaceObserverTests
{
    private static readonly Tensor X = new(0, "x", MemorySpace.Hbm, DType.Fp32, [128, 64]);
    private static readonly Tensor A =
        new(1, "a", MemorySpace.Sbuf, DType.Fp32, [128, 64]) { Address = new Address(0, 256) };
    private static readonly Tensor B = new(2, "b", MemorySpace.Sbuf, DType.Fp32, [128, 64]);
    private static readonly Tensor C = new(3, "c", MemorySpace.Psum, DType.Fp32, [128, 64]);

    [Fact]
    public void A_missing_wait_names_both_operations_operands_bytes_and_lines()
    {
        var left = AccessPattern.Whole(A) with { Count3 = 40 };
        var right = AccessPattern.Whole(A) with { Count3 = 40, Offset = 96, StartPartition = 32, Partitions = 32 };
        var fault = Finds(
            new Entry(
                new Move(left) { Span = new SourceSpan("k.py", 4) }, Engine.Vector, -1, [], [new Signal(S(0), 1)]),
            new Entry(new Move(AccessPattern.Whole(B), right) { Span = new SourceSpan("k.py", 7) }, Engine.Scalar));
        Assert.Equal(
            """
            k.py:7: error TRN3101: move (Scalar) reads src: bytes 96 to 159 in partitions 32 to 63 of a, which move (Vector) may still write: no semaphore makes it wait for that to complete
                k.py:4: move (Vector) writes dst: bytes 96 to 159 in partitions 32 to 63 of a
            """,
            fault!.Diagnostics[0].ToString());
    }

    [Fact]
    public void A_wait_for_the_signal_is_enough() => Assert.Null(Finds(
        Write(A, Engine.Vector, signal: new Signal(S(0), 1)), Read(A, Engine.Scalar, new Wait(S(0), 1))));

    [Fact]
    public void A_wait_for_too_little_is_a_race() => Assert.Equal("TRN3101", Code(
        Write(B, Engine.Vector, signal: new Signal(S(0), 1)), Write(A, Engine.Vector, signal: new Signal(S(0), 1)),
        Read(A, Engine.Scalar, new Wait(S(0), 1))));

    [Fact]
    public void A_wait_for_another_semaphore_is_a_race() => Assert.Equal("TRN3101", Code(
        Write(B, Engine.GpSimd, signal: new Signal(S(1), 1)), Write(A, Engine.Vector, signal: new Signal(S(0), 1)),
        Read(A, Engine.Scalar, new Wait(S(1), 1))));

    [Fact]
    public void An_engine_that_reads_what_it_wrote_needs_a_wait_but_not_to_write_or_add_again()
    {
        Assert.Equal("TRN3101", Code(Write(A, Engine.Vector), Read(A, Engine.Vector)));
        Assert.Null(Finds(Write(A, Engine.Vector), Write(A, Engine.Vector)));
        Assert.Null(Finds(Write(C, Engine.Tensor), Add(C, Engine.Tensor), Add(C, Engine.Tensor)));
        Assert.Equal("TRN3101", Code(Write(C, Engine.Tensor), Add(C, Engine.Tensor), Read(C, Engine.Tensor)));
        Assert.Null(Finds(Read(A, Engine.Vector), Write(A, Engine.Vector)));
    }

    [Fact]
    public void Two_DMAs_of_one_queue_or_of_two_race()
    {
        Assert.Equal("TRN3101", Code(Load(A, 0, S(0)), Load(A, 0, S(1))));
        Assert.Equal("TRN3101", Code(Load(A, 0, S(0)), Load(A, 1, S(1))));
        Assert.Null(Finds(Load(A, 0, S(0)), Load(A, 1, S(1), new Wait(S(0), 16))));
    }

    [Fact]
    public void Fifteen_of_sixteen_shares_prove_nothing() => Assert.Equal(
        "TRN3101", Code(Load(A, 0, S(0)), Read(A, Engine.Vector, new Wait(S(0), 15))));

    [Fact]
    public void A_signal_of_nothing_proves_nothing()
    {
        var nothing = new Entry(
            new MoveDma(AccessPattern.Whole(A), AccessPattern.Whole(X)), Engine.Sync, 0, [], [new Signal(S(0), 0)]);
        Assert.Equal("TRN3101", Code(nothing, Read(A, Engine.Vector, new Wait(S(0), 0))));
        Assert.Equal("TRN3101", Code(Load(B, 1, S(0)), nothing, Read(A, Engine.Vector, new Wait(S(0), 16))));
    }

    [Fact]
    public void A_semaphore_reused_while_its_value_is_relied_on_is_unsound()
    {
        var fault = Finds(
            Load(A, 0, S(0)), Read(A, Engine.Vector, new Wait(S(0), 16)), Load(B, 0, S(0)));
        Assert.Equal(RaceCodes.UnsoundSemaphore, fault!.Diagnostics[0].Code);
        Assert.Contains("move_dma (Sync, queue 0) adds 16 to semaphore s0", fault.Message, StringComparison.Ordinal);
        Assert.Null(Finds(
            Load(A, 0, S(0)), Read(A, Engine.Vector, new Wait(S(0), 16)), Load(B, 0, S(0), new Wait(S(0), 16)),
            Read(B, Engine.Vector, new Wait(S(0), 32))));
    }

    [Fact]
    public void Several_DMAs_may_be_waited_for_together_but_not_one_by_one()
    {
        Assert.Null(Finds(
            Load(A, 0, S(0)), Load(B, 0, S(0)), Read(A, Engine.Vector, new Wait(S(0), 32)), Read(B, Engine.Vector)));
        Assert.Equal("TRN3101", Code(Load(A, 0, S(0)), Load(B, 0, S(0)), Read(A, Engine.Vector, new Wait(S(0), 16))));
    }

    [Fact]
    public void Knowledge_passes_through_a_third_engine() => Assert.Null(Finds(
        Write(A, Engine.Vector, signal: new Signal(S(0), 1)),
        Write(B, Engine.Scalar, new Signal(S(1), 1), new Wait(S(0), 1)),
        Read(A, Engine.Tensor, new Wait(S(1), 1))));

    [Fact]
    public void Semaphores_that_are_there_already_are_kept_and_new_ones_come_after_them()
    {
        var program = InsertSemaphores.Run(Make(
            Write(A, Engine.Vector, signal: new Signal(S(4), 1)), Read(A, Engine.Scalar, new Wait(S(4), 1))));
        Assert.Equal([new Signal(S(4), 1), new Signal(S(5), 1)], program.Cores[0].Entries[0].Signals);
        Assert.Equal([new Wait(S(4), 1), new Wait(S(5), 1)], program.Cores[0].Entries[1].Waits);
    }

    private static Semaphore S(int number) => new(0, number);

    private static Entry Write(Tensor t, Engine engine, Signal? signal = null, params Wait[] waits) => new(
        new Move(AccessPattern.Whole(t)), engine, -1, EquatableArray.Create<Wait>(waits),
        signal is { } s ? [s] : []);

    private static Entry Read(Tensor t, Engine engine, params Wait[] waits) => new(
        new Move(null, AccessPattern.Whole(t)), engine, -1, EquatableArray.Create<Wait>(waits));

    private static Entry Add(Tensor t, Engine engine) => new(
        new Touch([new(AccessPattern.Whole(t), Core.Isa.Effects.AccessKind.Accumulate)]), engine);

    private static Entry Load(Tensor t, int queue, Semaphore signal, params Wait[] waits) => new(
        new MoveDma(AccessPattern.Whole(t), AccessPattern.Whole(X)), Engine.Sync, queue,
        EquatableArray.Create<Wait>(waits), [new Signal(signal, 16)]);

    private static Program Make(params Entry[] entries) => new()
    {
        Tensors = [X, A, B, C],
        Cores = [new CoreProgram { Entries = EquatableArray.Create<Entry>(entries) }],
    };

    private static string? Code(params Entry[] entries) => Finds(entries)?.Diagnostics[0].Code.Id;

    private static TrnException? Finds(params Entry[] entries) => Fault.Of(() => RaceObserver.Check(Make(entries)));
}
