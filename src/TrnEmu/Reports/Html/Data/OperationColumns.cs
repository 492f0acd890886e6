using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Reports.Html.Data;

/// <summary>Columns of operations: what each is, where it stands in the source, what it waits for and signals.</summary>
internal sealed class OperationColumns
{
    /// <summary>Operations of which the operands are told; those of larger runs would make pages that do not load.</summary>
    private const int MostTexts = 1_000_000;

    private readonly Program _program;
    private readonly Numbering<string> _names = new();
    private readonly Numbering<Semaphore> _semaphores = new();
    private readonly OperationText _text;

    /// <summary>Names the operations of a program.</summary>
    public OperationColumns(Program program)
    {
        _program = program;
        _text = new OperationText(program);
    }

    /// <summary>Source lines of the operations.</summary>
    public Numbering<SourceSpan> Places { get; } = new();

    /// <summary>Adds the columns.</summary>
    public void Add(DataBlock block, TimedRun run, Touches touches)
    {
        var entries = new List<(int Core, Entry Entry)>(touches.OnChip.Length);
        for (var core = 0; core < _program.Cores.Count; core++)
        {
            foreach (var entry in _program.Cores[core].Entries) entries.Add((core, entry));
        }

        block.Add("op.core", entries.Select(e => (long)e.Core));
        block.Add("op.name", entries.Select(e => (long)_names.Of(e.Entry.Operation.Info.Name)));
        block.Add("op.place", entries.Select(e => (long)Places.Of(e.Entry.Operation.Span)));
        block.Add("op.engine", entries.Select(e => (long)e.Entry.Engine));
        block.Add("op.queue", entries.Select(e => (long)e.Entry.Queue));
        block.Add("op.start", run.Timeline.Cores.SelectMany(c => c.EntryStart.ToArray()));
        block.Add("op.length", run.Timeline.Cores.SelectMany(
            c => c.EntryEnd.ToArray().Zip(c.EntryStart.ToArray(), (end, start) => end - start)));
        block.Add("op.touched", touches.OnChip);
        AddSemaphores(block, entries);
        if (entries.Count > MostTexts) return;
        block.Add("op.words", entries.Select(e => (long)_text.Add(e.Entry.Operation)));
        block.AddBytes("op.numbers", _text.Numbers);
    }

    /// <summary>Writes what the columns count.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.Texts("names", _names.All);
        json.Texts("words", _text.Templates);
        json.Texts("semaphores", _semaphores.All.Select(s => _program.Cores.Count > 1
            ? FormattableString.Invariant($"{s.Core}: s{s.Number}") : FormattableString.Invariant($"s{s.Number}")));
    }

    private void AddSemaphores(DataBlock block, List<(int Core, Entry Entry)> entries)
    {
        var waits = entries.SelectMany(e => e.Entry.Waits).ToArray();
        var signals = entries.SelectMany(e => e.Entry.Signals).ToArray();
        block.Add("op.waits", entries.Select(e => (long)e.Entry.Waits.Count));
        block.Add("op.signals", entries.Select(e => (long)e.Entry.Signals.Count));
        block.Add("waits.semaphore", waits.Select(w => (long)_semaphores.Of(w.Semaphore)));
        block.Add("waits.value", waits.Select(w => (long)w.Value));
        block.Add("signals.semaphore", signals.Select(s => (long)_semaphores.Of(s.Semaphore)));
        block.Add("signals.amount", signals.Select(s => (long)s.Amount));
    }
}
