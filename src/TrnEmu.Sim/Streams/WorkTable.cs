using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the different works of a program in the order in which they come.</summary>
internal sealed class WorkTable
{
    private readonly Dictionary<Work, int> _numbers = [];
    private readonly List<Work> _works = [];

    /// <summary>The works by their numbers.</summary>
    public Work[] Works => [.. _works];

    /// <summary>How many there are.</summary>
    public int Count => _works.Count;

    /// <summary>The number of an instruction's work.</summary>
    public int Add(Engine engine, byte loadedTable, in Instruction instruction)
    {
        var work = new Work(engine, loadedTable, instruction);
        if (_numbers.TryGetValue(work, out var number)) return number;
        _numbers.Add(work, number = _works.Count);
        _works.Add(work);
        return number;
    }
}
