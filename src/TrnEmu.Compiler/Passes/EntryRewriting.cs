using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;

namespace TrnEmu.Compiler.Passes;

/// <summary>Passes that decide about each operation by itself.</summary>
internal static class EntryRewriting
{
    /// <summary>The program with every entry replaced by what <paramref name="rewrite"/> makes of it.</summary>
    public static Program Rewrite(this Program program, Func<Entry, Entry> rewrite) => program with
    {
        Cores = [.. program.Cores.Select(core => new CoreProgram { Entries = [.. core.Entries.Select(rewrite)] })],
    };

    /// <summary>True when the entry can execute on its engine of the chip.</summary>
    public static bool Accepts(this Program program, in Entry entry, Chip chip)
    {
        var verifier = new Verifier(program, chip);
        verifier.Verify(entry);
        return verifier.Findings.Count == 0;
    }
}
