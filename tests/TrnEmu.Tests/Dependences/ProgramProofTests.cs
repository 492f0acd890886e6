using FsCheck.Fluent;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Dependences.Proofs;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Memory;
using TrnEmu.Tests.Sim.Observers;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Dependences;

/// <summary>What is proved is what those who keep whole histories find no fault in.</summary>
public sealed class ProgramProofTests
{
    [Fact]
    public void What_the_compiler_orders_is_proved() => Property.ForAll(
        RandomProgram.Of(),
        program => Assert.True(ProgramProof.Proves(InsertSemaphores.Run(program), null, checksWritten: false)),
        300);

    [Fact]
    public void Without_one_wait_a_proof_says_what_the_observer_says() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            foreach (var damaged in Damage.EachWaitRemoved(InsertSemaphores.Run(program)))
            {
                var isProved = ProgramProof.Proves(damaged, null, checksWritten: false);
                var isSafe = Fault.Of(() => Observe(damaged, null, new RaceObserver(damaged))) is null;
                if (new OrderOracle(damaged).SignalsAreInOrder()) Assert.Equal(isSafe, isProved);
                else Assert.True(isSafe || !isProved);
            }
        },
        40);

    [Fact]
    public void Two_touches_without_an_order_are_proved_exactly_where_they_share_no_byte() => Property.ForAll(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new Random(seed);
            var tensor = RandomProgram.Empty.Tensors[random.Next(5)];
            var (one, other) = (RandomPattern.Make(random, tensor), RandomPattern.Make(random, tensor));
            var bytes = PatternBytes.Of(one, tensor).ToHashSet();
            var program = Straight(
                new Entry(new Touch([new MemoryEffect(one, AccessKind.Write)]), Engine.Vector),
                new Entry(new Touch([new MemoryEffect(other, AccessKind.Read)]), Engine.Scalar));
            Assert.Equal(
                !PatternBytes.Of(other, tensor).Any(bytes.Contains), ProgramProof.Proves(program, null, checksWritten: false));
        },
        2000);

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(20)]
    public void However_many_read_a_write_waits_for_each(int readers)
    {
        var tile = AccessPattern.Whole(RandomProgram.Empty.Tensors[1]);
        var reads = Enumerable.Range(0, readers).Select(i => new Entry(
            new TouchDma([new MemoryEffect(tile, AccessKind.Read)]), Engine.Sync, 0, [], [new Signal(new Semaphore(0, i), 16)]));
        for (var missing = -1; missing < readers; missing++)
        {
            Wait[] waits = [.. Enumerable.Range(0, readers).Where(i => i != missing).Select(i => new Wait(new Semaphore(0, i), 16))];
            var write = new Entry(
                new Touch([new MemoryEffect(tile, AccessKind.Write)]), Engine.Vector, -1, EquatableArray.Create<Wait>(waits));
            Assert.Equal(missing < 0, ProgramProof.Proves(Straight([.. reads, write]), null, checksWritten: false));
        }
    }

    [Fact]
    public void A_signal_that_may_come_before_the_last_one_is_not_proved()
    {
        var tensors = RandomProgram.Empty.Tensors;
        Entry Load(int tensor, params Wait[] waits) => new(
            new TouchDma([new MemoryEffect(AccessPattern.Whole(tensors[tensor]), AccessKind.Write)]), Engine.Sync, 0,
            EquatableArray.Create<Wait>(waits), [new Signal(new Semaphore(0, 0), 16)]);
        Assert.False(ProgramProof.Proves(Straight(Load(1), Load(3)), null, checksWritten: false));
        Assert.True(ProgramProof.Proves(
            Straight(Load(1), Load(3, new Wait(new Semaphore(0, 0), 16))), null, checksWritten: false));
    }

    [Fact]
    public void Two_cores_are_never_proved() => Property.ForAll(
        RandomProgram.Of(cores: 2), program => Assert.False(ProgramProof.Proves(program, null, checksWritten: false)), 3);

    [Fact]
    public void What_is_read_and_was_not_written_through_the_same_tensor_is_never_proved() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var ordered = InsertSemaphores.Run(WithWrites(program));
            var isWritten = Fault.Of(() => WrittenObserver.Check(ordered)) is null;
            Assert.Equal(isWritten, ProgramProof.Proves(ordered, null, checksWritten: true));
        },
        300);

    [Fact]
    public void One_observer_of_memory_finds_what_two_find_in_the_same_words() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var inserted = InsertSemaphores.Run(WithWrites(program));
            for (var seed = 0; seed < 4; seed++) Same(seed == 0 ? inserted : Damage.One(inserted, new Random(seed)), seed);
        },
        100);

    [Fact]
    public void So_it_does_where_indices_move_what_is_touched() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            for (var seed = 0; seed < 4; seed++)
            {
                var moved = InsertSemaphores.Run(WithWrites(RandomMoves.In(program, new Random(seed))));
                Same(moved, seed);
                Same(Damage.One(moved, new Random(seed)), seed);
            }
        },
        100);

    private static void Same(Program program, int seed)
    {
        var moves = new RandomMoves.Displacements(seed);
        var (written, races, both) = (new WrittenObserver(program), new RaceObserver(program), new MemoryObserver(program));
        var entries = program.Cores[0].Entries;
        for (var i = 0; i < entries.Count; i++)
        {
            var expected = Fault.Of(() => written.Observe(0, i, entries[i], moves))
                ?? Fault.Of(() => races.Observe(0, i, entries[i], moves));
            var found = Fault.Of(() => both.Observe(0, i, entries[i], moves));
            Assert.Equal(expected?.Message, found?.Message);
            Assert.Equal(expected?.Diagnostics[0].ToString(), found?.Diagnostics[0].ToString());
            if (expected is not null) return;
        }
    }

    private static Program Straight(params Entry[] entries) => RandomProgram.WithEntries(RandomProgram.Empty, 0, entries);

    private static void Observe(Program program, IDisplacements? state, RaceObserver observer)
    {
        var entries = program.Cores[0].Entries;
        for (var i = 0; i < entries.Count; i++) observer.Observe(0, i, entries[i], state);
    }

    /// <summary>The program behind writes of all it has, so that some of what it reads was written; no tensor is pinned.</summary>
    private static Program WithWrites(Program program)
    {
        var tensors = program.Tensors.Select(t => t with { IsPinned = false }).ToArray();
        var writes = tensors.Where(t => t.Role != TensorRole.Input).Select(t => new Entry(
            new Touch([new MemoryEffect(AccessPattern.Whole(t), AccessKind.Write)]), Engine.Vector));
        return RandomProgram.WithEntries(
            program with { Tensors = EquatableArray.Create<Tensor>(tensors) }, 0, writes.Concat(program.Cores[0].Entries));
    }
}
