using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the different works of a program in the order in which they come.</summary>
/// <remarks>
/// An open hash table of whole numbers: it is asked for every instruction of a program, so that it decides how long
/// building a stream takes.
/// </remarks>
internal sealed class WorkTable
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private Work[] _works = new Work[32];
    private int[] _counts = new int[32];
    private Slot[] _slots = new Slot[64];
    private int _count;

    /// <summary>The works by their numbers.</summary>
    public Work[] Works => _works[.._count];

    /// <summary>Instructions of each.</summary>
    public int[] Counts => _counts[.._count];

    /// <summary>Counts an instruction and returns the number of its work.</summary>
    public int Add(Engine engine, byte loadedTable, in Instruction instruction)
    {
        var key = Key.Of(engine, loadedTable, instruction);
        var mask = _slots.Length - 1;
        for (var at = key.Hash & mask; ; at = (at + 1) & mask)
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Number == 0) return AddNew(at, key, new Work(engine, loadedTable, instruction));
            if (slot.Key != key) continue;
            _counts[slot.Number - 1]++;
            return slot.Number - 1;
        }
    }

    private int AddNew(int at, in Key key, in Work work)
    {
        if (_count == _works.Length)
        {
            Array.Resize(ref _works, 2 * _count);
            Array.Resize(ref _counts, 2 * _count);
        }

        (_works[_count], _counts[_count]) = (work, 1);
        _slots[at] = new Slot(key, ++_count);
        if (2 * _count > _slots.Length) Grow();
        return _count - 1;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[2 * old.Length];
        var mask = _slots.Length - 1;
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.Number == 0) continue;
            var at = slot.Key.Hash & mask;
            while (_slots[at].Number != 0) at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

    /// <summary>A place of the table; number 0 is none, so that an empty table needs no filling.</summary>
    private readonly record struct Slot(Key Key, int Number);

    /// <summary>A work without gaps between its fields.</summary>
    private readonly record struct Key(ulong Size, ulong Kind, uint Array)
    {
        public int Hash
        {
            get
            {
                // Bits of a product depend on those below them only: the highest make up for what is high in a key.
                var product = ((Size * Multiplier) ^ Kind ^ ((ulong)Array << 32)) * Multiplier;
                return (int)((product >> 33) ^ (product >> 52));
            }
        }

        public static Key Of(Engine engine, byte loadedTable, in Instruction i) => new(
            (uint)i.Items | ((ulong)(uint)i.Rows << 32),
            i.Kind | ((ulong)engine << 48) | ((ulong)loadedTable << 56), i.Array);
    }
}
