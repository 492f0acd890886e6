using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Text.Writing;

/// <summary>
/// Writes the operations of a core in columns: engine and DMA queue where chosen, operation, parameters that are not at
/// their default, waits, signals. The body of a loop stands further in.
/// </summary>
internal sealed class EntryWriter
{
    private const int Indent = 2;
    private const int WidestName = 24;
    private const int DeepestShown = 16;
    private readonly int _core;
    private readonly int _nameStart = Indent;
    private readonly int _nameEnd;
    private int _depth;

    /// <summary>Measures the columns.</summary>
    public EntryWriter(int core, ReadOnlySpan<Entry> entries)
    {
        _core = core;
        var name = 0;
        foreach (ref readonly var entry in entries)
        {
            _nameStart = Math.Max(_nameStart, Indent + PlacementWidth(entry));
            name = Math.Max(name, Math.Min(entry.Operation.Info.Name.Length, WidestName));
        }

        _nameEnd = _nameStart + name + 1;
    }

    /// <summary>Appends an operation.</summary>
    public void Write(in Entry entry, LineWriter line)
    {
        var control = entry.Operation as IControlFlow;
        if (control is { Nesting: < 0 } && _depth > 0) _depth--;
        var indent = Math.Min(_depth, DeepestShown) * Indent;
        line.PadTo(Indent + indent);
        Placement(entry, line);
        line.PadTo(_nameStart + indent, atLeast: 0).Append(entry.Operation.Info.Name).PadTo(_nameEnd + indent);
        if (control is { Nesting: > 0 }) _depth++;
        Arguments(entry.Operation, line);
        for (var i = 0; i < entry.Waits.Count; i++)
        {
            Semaphore(i == 0 ? "  wait " : ", ", entry.Waits[i].Semaphore, line);
            line.Append(">=").Append(entry.Waits[i].Value);
        }

        for (var i = 0; i < entry.Signals.Count; i++)
        {
            Semaphore(i == 0 ? "  signal " : ", ", entry.Signals[i].Semaphore, line);
            line.Append('+').Append(entry.Signals[i].Amount);
        }
    }

    private static int PlacementWidth(in Entry entry)
    {
        if (entry.Engine == Engine.None && entry.Queue < 0) return 0;
        var queue = entry.Queue < 0 ? 0 : 1 + FormattableString.Invariant($"{entry.Queue}").Length;
        return entry.Engine.Name().Length + queue + 1;
    }

    private static void Placement(in Entry entry, LineWriter line)
    {
        if (entry.Engine == Engine.None && entry.Queue < 0) return;
        line.Append(entry.Engine.Name());
        if (entry.Queue >= 0) line.Append('/').Append(entry.Queue);
        line.Append(' ');
    }

    private static void Arguments(Operation operation, LineWriter line)
    {
        var isFirst = true;
        foreach (var parameter in OperationSyntax.Of(operation.Info).Parameters)
        {
            var value = parameter.Info.Get(operation);
            if (parameter.IsDefault(value)) continue;
            if (!isFirst) line.Append(' ');
            isFirst = false;
            line.Append(parameter.Info.Name).Append('=');
            if (value is null) line.Append(Keywords.Null);
            else parameter.Codec.Write(value, line);
        }
    }

    private void Semaphore(string before, Semaphore semaphore, LineWriter line)
    {
        line.Append(before);
        if (semaphore.Core != _core) line.Append('c').Append(semaphore.Core).Append('.');
        line.Append('s').Append(semaphore.Number);
    }
}
