using System.Numerics;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// Numbers what operations become, in the order in which it comes: a program of millions repeats a few hundred
/// sequences of instructions.
/// </summary>
/// <remarks>
/// An open hash table of whole sequences: it is asked for every operation of a program, so that it decides how long
/// building a stream takes.
/// </remarks>
internal sealed class RecipeTable
{
    private readonly WorkTable _works = new();
    private Slot[] _slots = new Slot[64];
    private Recipe[] _recipes = new Recipe[32];
    private Instruction[] _instructions = new Instruction[64];
    private int[] _workOf = new int[64];
    private StepKind[] _kinds = new StepKind[64];
    private int _count;
    private int _used;

    /// <summary>The recipes by their numbers.</summary>
    public ReadOnlySpan<Recipe> All => _recipes.AsSpan(0, _count);

    /// <summary>The works of all recipes' instructions.</summary>
    public ReadOnlySpan<int> WorkOf => _workOf.AsSpan(0, _used);

    /// <summary>What the pass does with them.</summary>
    public ReadOnlySpan<StepKind> Kinds => _kinds.AsSpan(0, _used);

    /// <summary>The different works of all recipes.</summary>
    public Work[] Works => _works.Works;

    /// <summary>A recipe by its number.</summary>
    public ref readonly Recipe this[int number] => ref _recipes[number];

    /// <summary>Counts an operation and returns the number of what it becomes.</summary>
    /// <param name="engine">Engine that executes it.</param>
    /// <param name="loadedTable">Activation table set that the engine has loaded before; 0 for none.</param>
    /// <param name="instructions">Its instructions, at least one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(Engine engine, byte loadedTable, ReadOnlySpan<Instruction> instructions)
    {
        var head = HeadOf(engine, loadedTable, instructions.Length);
        var hash = instructions[0].Mixed + head;
        for (var i = 1; i < instructions.Length; i++) hash = BitOperations.RotateLeft(hash, 9) ^ instructions[i].Mixed;
        var slots = _slots;
        for (var at = (int)(hash >> 40); ; at++)
        {
            ref readonly var slot = ref slots[at & (slots.Length - 1)];
            if (slot.Head != head || slot.Hash != hash)
            {
                if (slot.Head == 0) return AddNew(hash, engine, loadedTable, instructions);
                continue;
            }

            var own = _instructions.AsSpan(slot.First, instructions.Length);
            var i = 0;
            while (i < own.Length && own[i] == instructions[i]) i++;
            if (i < own.Length) continue;
            _recipes[slot.Number].Count++;
            return slot.Number;
        }
    }

    /// <summary>Instructions of each work.</summary>
    public int[] WorkCounts()
    {
        var counts = new int[_works.Count];
        foreach (ref readonly var recipe in All)
        {
            foreach (var work in WorkOf.Slice(recipe.First, recipe.Length)) counts[work] += recipe.Count;
        }

        return counts;
    }

    /// <summary>What a recipe has besides its instructions; never 0, since it has some.</summary>
    private static ulong HeadOf(Engine engine, byte loadedTable, int length) =>
        (ulong)engine | ((ulong)loadedTable << 8) | ((ulong)(uint)length << 16);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddNew(ulong hash, Engine engine, byte loadedTable, ReadOnlySpan<Instruction> instructions)
    {
        Reserve(instructions.Length);
        var recipe = new Recipe
        {
            First = _used,
            Length = instructions.Length,
            Trigger = -1,
            Count = 1,
            TableBefore = loadedTable,
        };
        foreach (ref readonly var instruction in instructions)
        {
            _instructions[_used] = instruction;
            _kinds[_used] = KindOf(instruction.Class);
            _workOf[_used] = _works.Add(engine, loadedTable, instruction);
            if (instruction.Class == CostClass.DmaTrigger && recipe.Trigger < 0) recipe.Trigger = _used - recipe.First;
            if (instruction.Table != 0) loadedTable = instruction.Table;
            _used++;
        }

        _kinds[recipe.First] |= StepKind.First;
        _kinds[_used - 1] |= StepKind.Last;
        recipe.TableAfter = loadedTable;
        _recipes[_count] = recipe;
        Enter(new Slot(hash, HeadOf(engine, recipe.TableBefore, recipe.Length), _count, recipe.First));
        return _count++;
    }

    /// <summary>Makes room for one recipe of some instructions.</summary>
    private void Reserve(int instructions)
    {
        if (_count == _recipes.Length) Array.Resize(ref _recipes, 2 * _count);
        if (_used + instructions > _workOf.Length)
        {
            var length = 2 * (_used + instructions);
            Array.Resize(ref _instructions, length);
            Array.Resize(ref _workOf, length);
            Array.Resize(ref _kinds, length);
        }

        if (2 * (_count + 1) <= _slots.Length) return;
        var old = _slots;
        _slots = new Slot[2 * old.Length];
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.Head != 0) Enter(slot);
        }
    }

    private void Enter(in Slot slot)
    {
        var (at, mask) = ((int)(slot.Hash >> 40), _slots.Length - 1);
        while (_slots[at & mask].Head != 0) at++;
        _slots[at & mask] = slot;
    }

    private static StepKind KindOf(CostClass cost) => cost switch
    {
        CostClass.LoadStationary => StepKind.Load,
        CostClass.MultiplyMoving or CostClass.TransposeMoving => StepKind.Move,
        CostClass.DmaTrigger => StepKind.Trigger,
        _ => StepKind.Plain,
    };

    /// <summary>A place of the table; head 0 is none, so that an empty table needs no filling.</summary>
    private readonly record struct Slot(ulong Hash, ulong Head, int Number, int First);
}
