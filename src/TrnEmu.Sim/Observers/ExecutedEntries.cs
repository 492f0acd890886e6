using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>
/// Which entries of a core were executed, and where indices moved their patterns: what it takes to go through them once
/// more.
/// </summary>
internal sealed class ExecutedEntries(Program program)
{
    private const int Most = 1 << 22;
    private readonly List<int>? _indices = ExecutionPath.IsNeeded(program) ? [] : null;
    private readonly List<(int Number, int First)> _moved = [];
    private readonly List<long> _displacements = [];
    private int _count;

    /// <summary>True while there is room for another entry.</summary>
    public bool HasRoom => _displacements.Count + (_indices?.Count ?? 0) < Most;

    /// <summary>An entry is executed next.</summary>
    /// <param name="index">Its index; without loops, how many were executed before.</param>
    /// <param name="effects">What it touches.</param>
    /// <param name="state">Where indices move it.</param>
    public void Add(int index, ReadOnlySpan<MemoryEffect> effects, IDisplacements state)
    {
        _indices?.Add(index);
        var first = _displacements.Count;
        foreach (ref readonly var effect in effects)
        {
            if (effect.Pattern.IsDynamic) NotedDisplacements.Note(effect.Pattern, state, _displacements);
        }

        if (_displacements.Count > first) _moved.Add((_count, first));
        _count++;
    }

    /// <summary>The entries in the order of their execution.</summary>
    public IEnumerable<(int Index, IDisplacements State)> All()
    {
        var moved = 0;
        for (var number = 0; number < _count; number++)
        {
            var index = _indices?[number] ?? number;
            var first = 0;
            if (moved < _moved.Count && _moved[moved].Number == number) first = _moved[moved++].First;
            yield return (index, new NotedDisplacements(program.Cores[0].Entries[index].Operation, _displacements, first));
        }
    }
}
