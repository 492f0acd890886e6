using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Reports.Html.Data;

/// <summary>Columns of operations: what each is, its source line, what it waits for and signals.</summary>
internal sealed class OperationColumns
{
    /// <summary>Operands are told up to so many operations; beyond, pages would not load.</summary>
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
        var (entries, cores) = (new Entry[touches.OnChip.Length], new long[touches.OnChip.Length]);
        var (starts, lengths) = (new long[entries.Length], new long[entries.Length]);
        var op = 0;
        for (var core = 0; core < _program.Cores.Count; core++)
        {
            var own = _program.Cores[core].Entries.Span;
            var times = run.Timeline.Cores[core];
            for (var i = 0; i < own.Length; i++, op++)
            {
                (entries[op], cores[op], starts[op]) = (own[i], core, times.EntryStart.Span[i]);
                lengths[op] = times.EntryEnd.Span[i] - starts[op];
            }
        }

        block.Add("op.core", cores);
        block.Add("op.name", op, i => _names.Of(entries[i].Operation.Info.Name));
        block.Add("op.place", op, i => Places.Of(entries[i].Operation.Span));
        block.Add("op.engine", op, i => (long)entries[i].Engine);
        block.Add("op.queue", op, i => entries[i].Queue);
        block.Add("op.start", starts);
        block.Add("op.length", lengths);
        block.Add("op.touched", touches.OnChip);
        AddSemaphores(block, entries);
        if (op > MostTexts) return;
        block.Add("op.words", op, i => _text.Add(entries[i].Operation));
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

    private void AddSemaphores(DataBlock block, Entry[] entries)
    {
        var (waits, signals) = (new List<Wait>(), new List<Signal>());
        foreach (ref readonly var entry in entries.AsSpan())
        {
            foreach (ref readonly var wait in entry.Waits.Span) waits.Add(wait);
            foreach (ref readonly var signal in entry.Signals.Span) signals.Add(signal);
        }

        block.Add("op.waits", entries.Length, i => entries[i].Waits.Count);
        block.Add("op.signals", entries.Length, i => entries[i].Signals.Count);
        block.Add("waits.semaphore", waits.Count, i => _semaphores.Of(waits[i].Semaphore));
        block.Add("waits.value", waits.Count, i => waits[i].Value);
        block.Add("signals.semaphore", signals.Count, i => _semaphores.Of(signals[i].Semaphore));
        block.Add("signals.amount", signals.Count, i => signals[i].Amount);
    }
}
