using TrnEmu.Compiler.Passes.Scheduling;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Decides the order of operations. Each engine takes its own in that order, and engines overlap as far as the data
/// allows. As they were written, unless a list schedule is asked for: then an operation goes before others that it
/// does not depend on, as far as there is memory for what lives longer by that. Results are the same to the bit, but
/// where rounding is stochastic, which goes by the number of the operation. Of the list schedules by each rule the
/// one is taken that the whole compiled program is predicted to be fastest with; where none fits into the memory
/// without spills or none is faster, program order stays.
/// </summary>
public static class Schedule
{
    /// <summary>Without costs the first is taken.</summary>
    private static readonly ListRule[] Rules = [ListRule.Oldest, ListRule.LongestPath];

    /// <summary>The program in the order in which the machine shall execute it.</summary>
    public static Program Run(Program program, Chip chip, CompileOptions? options = null)
    {
        if (options?.Order is null or OperationOrder.Program) return program;
        var lists = Lists(program, chip, options).Where(l => l != program)
            .Select(l => (List: l, Finished: Finish(l, chip, options, maySpill: false)))
            .Where(l => l.Finished is not null).ToArray();
        if (lists.Length == 0) return program;
        if (options.Costs is not { } costs) return lists[0].List;
        var fastest = lists.Select(l => (l.List, Time: costs.Elapsed(l.Finished!))).MinBy(l => l.Time);
        var isFaster = Finish(program, chip, options, maySpill: true) is not { } written
            || fastest.Time < costs.Elapsed(written);
        return isFaster ? fastest.List : program;
    }

    /// <summary>The list schedules by each rule; none when program order does not fit into the memory.</summary>
    internal static IReadOnlyList<Program> Lists(Program program, Chip chip, CompileOptions options)
    {
        // Engines and directions of DMA are decided operation by operation: the same before and after.
        var placed = PlanDma.Run(program, chip);
        var isConstant = DependenceTracker.NeverWritten(program);
        var cores = new CoreProgram[Rules.Length][];
        for (var rule = 0; rule < Rules.Length; rule++) cores[rule] = new CoreProgram[program.Cores.Count];
        for (var core = 0; core < program.Cores.Count; core++)
        {
            if (new CoreSchedule(placed, core, chip, options.Costs).Orders(isConstant, Rules) is not { } orders)
                return [];
            var entries = program.Cores[core].Entries;
            for (var rule = 0; rule < Rules.Length; rule++)
            {
                var reordered = Array.ConvertAll(orders[rule], i => entries[i]);
                cores[rule][core] = new CoreProgram { Entries = EquatableArray.Create<Entry>(reordered) };
            }
        }

        return [.. cores.Select(c => program with { Cores = EquatableArray.Create<CoreProgram>(c) })];
    }

    /// <summary>What the other passes make of a program; null when it does not fit into the memory.</summary>
    private static Program? Finish(Program program, Chip chip, CompileOptions options, bool maySpill)
    {
        var isSpilled = false;
        var quiet = options with { Warn = null, Spilled = _ => isSpilled = true };
        try
        {
            var placed = Allocate.Run(program, chip, quiet);
            return isSpilled && !maySpill ? null : InsertSemaphores.Run(PlanDma.Run(placed, chip));
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == PassCodes.Capacity)
        {
            return null;
        }
    }
}
