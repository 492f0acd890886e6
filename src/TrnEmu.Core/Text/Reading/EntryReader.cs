using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Reads operations in the form of <see cref="EntryWriter"/>; parameters may come in any order.</summary>
internal sealed class EntryReader(LineReader line, bool locate, OperationTable operations)
{
    private object?[] _arguments = [];
    private bool[] _given = [];

    /// <summary>Reads the operation on the line; false when an error was reported.</summary>
    public bool TryRead(int core, out Entry entry)
    {
        entry = default;
        if (!TryPlacement(out var engine, out var queue)) return false;
        var start = line.Column;
        var name = line.Word();
        if (operations.Find(name) is not { } info)
            return line.ExpectedName("an operation", name, operations.Names, start);
        if (!TryArguments(OperationSyntax.Of(info), start)) return false;
        if (!TrySemaphores(core, out var waits, out var signals)) return false;
        entry = new Entry(Located(info.Create(_arguments)), engine, queue, waits, signals);
        return true;
    }

    private Operation Located(Operation operation)
    {
        var span = line.Span();
        if (locate && span == SourceSpan.None) span = line.Here;
        return span == SourceSpan.None ? operation : operation with { Span = span };
    }

    /// <summary>An engine and perhaps a DMA queue; nothing when the operation comes first.</summary>
    private bool TryPlacement(out Engine engine, out int queue)
    {
        (engine, queue) = (Engine.None, -1);
        var word = line.PeekWord();
        if (!TryEngine(word, out engine)) return true;
        line.Word();
        if (!line.TryTake('/')) return true;
        if (!line.TryInteger("a DMA queue", 0, int.MaxValue, out var number)) return false;
        queue = (int)number;
        return true;
    }

    private static bool TryEngine(ReadOnlySpan<char> word, out Engine engine)
    {
        for (engine = Engine.None; engine <= Engine.Sync; engine++)
        {
            if (word.SequenceEqual(engine.Name())) return true;
        }

        engine = Engine.None;
        return false;
    }

    private bool TryArguments(OperationSyntax syntax, int start)
    {
        var parameters = syntax.Parameters;
        _arguments = new object?[parameters.Length];
        _given = new bool[parameters.Length];
        while (!line.IsAtEnd && line.PeekWord() is not ("wait" or "signal"))
        {
            if (!TryArgument(syntax)) return false;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            if (_given[i]) continue;
            if (!parameters[i].Info.IsOptional) return Missing(syntax, start);
            _arguments[i] = parameters[i].Info.Default;
        }

        return true;
    }

    private bool TryArgument(OperationSyntax syntax)
    {
        var start = line.Column;
        var name = line.Word();
        if (!syntax.TryFind(name, out var i))
        {
            var names = syntax.Parameters.Select(p => p.Info.Name);
            return line.ExpectedName($"a parameter of {syntax.Info.Name}, wait or signal", name, names, start);
        }

        if (_given[i]) return line.Fail(TextCodes.Duplicate, $"{syntax.Parameters[i].Info.Name} is given twice", start);
        if (!line.Take('=', $"`=` after {syntax.Parameters[i].Info.Name}")) return false;
        _given[i] = true;
        if (syntax.Parameters[i].IsNullable && line.TryKeyword(Keywords.Null)) return true;
        return syntax.Parameters[i].Codec.TryRead(line, out _arguments[i]);
    }

    private bool Missing(OperationSyntax syntax, int start)
    {
        var missing = syntax.Parameters.Where((p, i) => !_given[i] && !p.Info.IsOptional).Select(p => p.Info.Name);
        return line.Fail(TextCodes.Missing, $"{syntax.Info.Name} needs {string.Join(", ", missing)}", start);
    }

    private bool TrySemaphores(int core, out EquatableArray<Wait> waits, out EquatableArray<Signal> signals)
    {
        (waits, signals) = (default, default);
        if (line.TryKeyword("wait") && !SemaphoreReader.TryWaits(line, core, out waits)) return false;
        if (line.TryKeyword("signal") && !SemaphoreReader.TrySignals(line, core, out signals)) return false;
        return line.IsAtEnd || line.Expected("the end of the line", line.Column);
    }
}
