using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;
using Semaphore = TrnEmu.Core.Isa.Semaphore;

namespace TrnEmu.Tests.Sim;

/// <summary>
/// Builds placed programs of one core: entry i signals semaphore i (16 when it is a DMA), and waits for whole entries.
/// </summary>
internal sealed class TestProgram
{
    private readonly List<Entry> _entries = [];

    /// <summary>Adds an entry that waits for those before it whose indices are given; returns its index.</summary>
    public int Add(Engine engine, Operation operation, params int[] after)
    {
        return Add(engine, operation, queue: operation is TestDma ? 0 : -1, [.. after.Select(WaitFor)]);
    }

    /// <summary>The wait for a whole entry.</summary>
    public Wait WaitFor(int entry) => new(new Semaphore(0, entry), AmountOf(_entries[entry].Operation));

    /// <summary>Adds an entry with any waits.</summary>
    public int Add(Engine engine, Operation operation, int queue, Wait[] waits)
    {
        var i = _entries.Count;
        _entries.Add(new Entry(
            operation with { Span = new SourceSpan("kernel.cs", i + 1) }, engine, queue,
            EquatableArray.Create<Wait>(waits), [new Signal(new Semaphore(0, i), AmountOf(operation))]));
        return i;
    }

    public Program Build() => new() { Cores = [new CoreProgram { Entries = [.. _entries] }] };

    /// <summary>Times it.</summary>
    public CoreTimes Run(string chip, TimeOptions? options = null) =>
        TimePass.Run(Build(), Chip.Load(chip), options).Cores[0];

    /// <summary>Start and end in ns of an entry.</summary>
    public static (double Start, double End) Ns(CoreTimes times, int entry) =>
        (times.EntryStart.Span[entry] / 1e3, times.EntryEnd.Span[entry] / 1e3);

    private static int AmountOf(Operation operation) => operation is TestDma ? 16 : 1;
}
