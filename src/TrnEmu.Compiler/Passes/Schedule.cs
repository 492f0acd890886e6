using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Decides the order of operations: as they were written. Each engine takes its own in that order, and engines overlap
/// as far as the data allows.
/// </summary>
public static class Schedule
{
    /// <summary>The program in the order in which the machine shall execute it.</summary>
    public static Program Run(Program program, Chip chip) => program;
}
