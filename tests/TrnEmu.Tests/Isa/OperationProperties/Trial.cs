using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Text;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>A legal program around one operation, and the bytes that it starts from.</summary>
/// <param name="Program">Its tensors have addresses, so that it runs under both bindings.</param>
/// <param name="Bytes">Of each tensor.</param>
/// <param name="Chip">The chip.</param>
/// <param name="Subject">The operation under test.</param>
/// <param name="Combinations">Of the choices that take turns.</param>
internal sealed record Trial(Program Program, byte[][] Bytes, Chip Chip, Entry Subject, int Combinations = 1)
{
    /// <summary>With the choices whose turn it is; where nothing legal comes of them, they are left to chance.</summary>
    private const int NumberedAttempts = 60;
    private const int Attempts = 160;

    /// <summary>Options of the run.</summary>
    public Arithmetic Arithmetic { get; init; } = Arithmetic.Default;

    /// <summary>
    /// The operation, perhaps in place; before or after it perhaps a copy of an operand, or itself again. The same
    /// seed and size give the same program.
    /// </summary>
    public static Trial Make(Type operation, TrialSeed seed, bool isAlone = false)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt == NumberedAttempts) seed = seed with { Number = null };
            var draw = new Draw(new Random(seed.Seed ^ attempt * 7919), seed, OperationInfo.Of(operation));
            var subject = OperandsTable.Make(operation, draw);
            var entry = new Entry(subject, draw.Engine);
            if (Findings(draw, [.. draw.Before, entry, .. draw.After]).Count > 0) continue;
            if (draw.Engine == Engine.None && draw.Chance(60))
                entry = Legal(draw, entry with { Engine = draw.Of([.. subject.Info.Attribute.Engines.Members()]) }) ?? entry;
            if (draw.Chance(70)) entry = Legal(draw, entry with { Operation = Snake.Of(draw, subject) }) ?? entry;
            else if (draw.Chance(50)) entry = Legal(draw, entry with { Operation = Alias.Of(draw, subject) }) ?? entry;
            var entries = new List<Entry> { entry };
            if (!isAlone) Surround(draw, entry, entries);
            entries.InsertRange(0, draw.Before);
            entries.AddRange(draw.After);
            entries = LoopBody.Around(draw, entry, entries);
            entries.InsertRange(0,
                draw.Registers.Select(r => new Entry(new RegisterMove(new Register(r.Key), r.Value))));
            return new Trial(ProgramOf(draw, [.. entries]), draw.Bytes(), draw.Chip, entry, draw.Turns.Combinations)
            {
                Arithmetic = draw.Arithmetic,
            };
        }

        throw new InvalidOperationException($"no legal {operation.Name} from {seed} in {Attempts} attempts");
    }

    /// <summary>What verification says about one entry among the tensors drawn so far.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Draw draw, params Entry[] entries)
    {
        var verifier = new Verifier(ProgramOf(draw, entries), draw.Chip);
        foreach (var entry in entries) verifier.Verify(entry);
        return verifier.Findings;
    }

    public static Program ProgramOf(Draw draw, Entry[] entries) => new()
    {
        Chip = draw.Chip.Name,
        Tensors = [.. draw.Tensors],
        Cores = [new CoreProgram { Entries = [.. entries] }],
    };

    public override string ToString() => ProgramText.Print(Program);

    private static void Surround(Draw draw, Entry entry, List<Entry> entries)
    {
        switch (draw.Int(0, 3))
        {
            case 0 when Neighbour.Before(draw, entry.Operation) is { } before && Legal(draw, before) is { } legal:
                entries.Insert(0, legal);
                break;
            case 1 when Neighbour.After(draw, entry.Operation) is { } after && Legal(draw, after) is { } legal:
                entries.Add(legal);
                break;
            case 2:
                entries.Add(entry);
                break;
        }
    }

    private static Entry? Legal(Draw draw, Entry entry) => Findings(draw, entry).Count == 0 ? entry : null;
}
