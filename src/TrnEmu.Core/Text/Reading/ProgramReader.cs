using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Reads a program line by line. A line with an error is left out; the next one starts anew.</summary>
internal sealed class ProgramReader
{
    private static readonly string[] Statements = ["chip", "cores", "core", "hbm", "sbuf", "psum"];
    private readonly LineReader _line;
    private readonly TensorReader _tensors;
    private readonly EntryReader _entries;
    private readonly Dictionary<int, List<Entry>> _cores = [];
    private string? _chip;
    private bool _hasCores;
    private int _core = -1;
    private int _operations;

    /// <summary>A reader of one text.</summary>
    public ProgramReader(string text, string file, bool locate, OperationTable operations)
    {
        _line = new LineReader(text, file);
        _tensors = new TensorReader(_line, locate);
        _entries = new EntryReader(_line, locate, operations);
    }

    /// <summary>Reads everything.</summary>
    public ParseResult Read()
    {
        if (!TryHeader()) return new ParseResult(null, _line.Errors.Findings);
        while (!_line.Errors.IsFull && _line.NextLine())
        {
            if (TryStatement() && !_line.IsAtEnd) _line.Expected("the end of the line", _line.Column);
        }

        return new ParseResult(_line.Errors.Findings.Count > 0 ? null : Build(), _line.Errors.Findings);
    }

    private Program Build()
    {
        var cores = new CoreProgram[_line.Cores];
        for (var i = 0; i < cores.Length; i++)
            cores[i] = new CoreProgram { Entries = EquatableArray.Create<Entry>(_cores.GetValueOrDefault(i, []).ToArray()) };
        var program =
            new Program { Tensors = _line.Tensors.ToArray(), Cores = EquatableArray.Create<CoreProgram>(cores) };
        return _chip is null ? program : program with { Chip = _chip };
    }

    private bool TryHeader()
    {
        if (!_line.NextLine()) return _line.Fail(TextCodes.Header, "the text is empty, expected `trn 1`", _line.Column);
        var start = _line.Column;
        if (!_line.Word().SequenceEqual("trn"))
            return _line.Fail(TextCodes.Header, "a program starts with `trn 1`", start);
        start = _line.Column;
        if (!_line.TryInteger("a version", 1, int.MaxValue, out var version)) return false;
        if (version != ProgramText.Version)
        {
            return _line.Fail(TextCodes.Header, FormattableString.Invariant(
                $"the text is of version {version}, this TrnEmu reads version {ProgramText.Version}"), start);
        }

        return _line.IsAtEnd || _line.Expected("the end of the line", _line.Column);
    }

    private bool TryStatement()
    {
        var start = _line.Column;
        switch (_line.Word())
        {
            case "chip": return TryChip(start);
            case "cores": return TryCores(start);
            case "core": return TryCore();
            case "hbm": return _tensors.TryRead(MemorySpace.Hbm);
            case "sbuf": return _tensors.TryRead(MemorySpace.Sbuf);
            case "psum": return _tensors.TryRead(MemorySpace.Psum);
        }

        _line.Back(start);
        return _core < 0
            ? _line.ExpectedName("hbm, sbuf, psum or `core 0`", _line.PeekWord(), Statements, start)
            : TryEntry(start);
    }

    private bool TryChip(int start)
    {
        if (_chip is not null) return _line.Fail(TextCodes.Duplicate, "chip is given twice", start);
        start = _line.Column;
        _chip = QuotedText.TryTake(_line);
        if (_chip is not null) return true;
        var name = _line.Word();
        if (!Names.IsName(name)) return _line.Expected("a chip's name", start);
        _chip = name.ToString();
        return true;
    }

    private bool TryCores(int start)
    {
        if (_hasCores) return _line.Fail(TextCodes.Duplicate, "cores is given twice", start);
        if (_core >= 0 || _line.Tensors.Count > 0)
            return _line.Fail(TextCodes.Syntax, "expected cores before tensors and operations", start);
        _hasCores = true;
        if (!_line.TryInteger("a number of cores", 1, TextLimits.Cores, out var cores)) return false;
        _line.Cores = (int)cores;
        return true;
    }

    private bool TryCore()
    {
        var start = _line.Column;
        if (!_line.TryInteger("a core", 0, _line.Cores - 1, out var core)) return false;
        _core = (int)core;
        return _cores.TryAdd(_core, [])
            || _line.Fail(TextCodes.Duplicate, FormattableString.Invariant($"core {core} is given twice"), start);
    }

    private bool TryEntry(int start)
    {
        if (!_entries.TryRead(_core, out var entry)) return false;
        if (_operations++ == TextLimits.Operations)
            return _line.Limit($"more than {TextLimits.Operations} operations", start);
        _cores[_core].Add(entry);
        return true;
    }
}
