using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>Passes that decide about each operation by itself.</summary>
internal static class EntryRewriting
{
    /// <summary>
    /// The program with every entry replaced by what <paramref name="rewrite"/> makes of it and its core.
    /// </summary>
    public static Program Rewrite(this Program program, Func<Entry, int, Entry> rewrite) => program with
    {
        Cores = [.. program.Cores.Select((core, c) => new CoreProgram { Entries = [.. core.Entries.Select(e => rewrite(e, c))] })],
    };

    /// <summary>True when the entry can execute on its engine of the chip's core.</summary>
    public static bool Accepts(this Program program, in Entry entry, Chip chip, int core)
    {
        var verifier = new Verifier(program, chip);
        verifier.Verify(entry, core);
        return verifier.Findings.Count == 0;
    }
}
