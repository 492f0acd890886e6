using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Dependences;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Passes;

/// <summary>
/// Laws over random programs: the pass, the race observer, the order oracle and a random machine agree.
/// </summary>
public sealed class InsertSemaphoresTests
{
    [Fact]
    public void Inserted_semaphores_order_every_conflict() => Property.ForAll(RandomProgram.Of(), Ordered, 150);

    [Fact]
    public void Two_cores_are_each_ordered_by_itself_and_races_between_them_are_found() => Property.ForAll(
        RandomProgram.Of(cores: 2),
        program =>
        {
            var inserted = InsertSemaphores.Run(program);
            Assert.Equal(new OrderOracle(inserted).OrdersAllConflicts(), Finds(inserted) is null);
            for (var core = 0; core < 2; core++) Ordered(program with { Cores = [program.Cores[core]] });
        },
        100);

    [Fact]
    public void Without_one_wait_the_observer_says_what_the_oracle_says() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            foreach (var damaged in Damage.EachWaitRemoved(InsertSemaphores.Run(program)))
            {
                var oracle = new OrderOracle(damaged);
                var isSafe = Finds(damaged) is null;
                if (oracle.SignalsAreInOrder()) Assert.Equal(oracle.OrdersAllConflicts(), isSafe);
                else if (!oracle.OrdersAllConflicts()) Assert.False(isSafe);
            }
        },
        25);

    [Fact]
    public void Any_order_that_semaphores_allow_gives_the_same_dependences() =>
        Property.ForAll(
            RandomProgram.Of(), program => SameInAnyOrder(InsertSemaphores.Run(program), 3, mayStop: false), 60);

    [Fact]
    public void Where_the_observer_finds_nothing_any_order_gives_the_same_dependences() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var inserted = InsertSemaphores.Run(program);
            foreach (var seed in Enumerable.Range(0, 4))
            {
                var damaged = Damage.One(inserted, new Random(seed));
                if (Finds(damaged) is null) SameInAnyOrder(damaged, 2, mayStop: true);
            }
        },
        60);

    [Fact]
    public void An_entry_waits_at_most_once_for_a_semaphore_and_the_pass_repeats_itself() => Property.ForAll(
        RandomProgram.Of(),
        program =>
        {
            var once = InsertSemaphores.Run(program);
            Assert.Equal(once, InsertSemaphores.Run(program));
            foreach (var entry in once.Cores[0].Entries)
                Assert.Equal(entry.Waits.Count, entry.Waits.Select(w => w.Semaphore).Distinct().Count());
        },
        50);

    private static void Ordered(Program program)
    {
        var inserted = InsertSemaphores.Run(program);
        var oracle = new OrderOracle(inserted);
        Assert.True(oracle.SignalsAreInOrder(), Dump.Of(inserted));
        Assert.True(oracle.OrdersAllConflicts(), Dump.Of(inserted));
        Assert.Null(Finds(inserted));
    }

    private static void SameInAnyOrder(Program program, int times, bool mayStop)
    {
        var walk = Walk.Of(program);
        var expected = RandomMachine.InProgramOrder(walk);
        for (var seed = 0; seed < times; seed++)
        {
            var result = new RandomMachine(walk, new Random(seed)).Run();
            if (mayStop && result is null) continue;
            Assert.True(result is not null && expected.SequenceEqual(result), Dump.Of(program));
        }
    }

    private static TrnException? Finds(Program program)
    {
        try
        {
            RaceObserver.Check(program);
            return null;
        }
        catch (TrnException e)
        {
            return e;
        }
    }
}
