using System.Text;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Eager;
using TrnEmu.Reports;
using TrnEmu.Reports.Html;
using TrnEmu.Reports.Trace;

namespace TrnEmu.Python;

/// <summary>One kernel run of Python: records in, bytes and texts out.</summary>
internal sealed class Session : IDisposable
{
    private readonly EagerRun _run;
    private readonly EagerOptions _options;
    private readonly RecordReader _reader;
    private readonly List<string> _files = [];
    private RunResult? _result;

    /// <summary>A session with options in JSON.</summary>
    /// <exception cref="TrnException">The options are wrong.</exception>
    public Session(ReadOnlySpan<byte> json)
    {
        _options = SessionOptions.Parse(json);
        _run = new EagerRun(_options);
        _reader = new RecordReader(_run.Program);
    }

    /// <summary>What stopped the last call that failed, as JSON.</summary>
    public string Error { get; set; } = "";

    /// <summary>A file of the user.</summary>
    public int File(string path)
    {
        _files.Add(path);
        return _files.Count - 1;
    }

    /// <summary>Makes a tensor.</summary>
    public int Tensor(ReadOnlySpan<byte> record)
    {
        _reader.Begin(record);
        _reader.For("tensor", SourceSpan.None);
        var (space, dtype) = (_reader.Member<MemorySpace>(), _reader.Member<DType>());
        var core = CoreNumber();
        var (role, flags) = (_reader.Member<TensorRole>(), _reader.U8());
        var shape = new int[_reader.U8()];
        for (var i = 0; i < shape.Length; i++) shape[i] = _reader.I32();
        var address = new Address(_reader.I32(), _reader.I32());
        var request = new TensorRequest(_reader.Text(), space, dtype, [.. shape])
        {
            Core = core,
            Role = role,
            Address = (flags & 1) != 0 ? address : null,
            IsShared = (flags & 2) != 0,
            Span = Span(),
        };
        _reader.End();
        return _run.AddTensor(request);
    }

    /// <summary>
    /// Issues an operation: 0 when it is done, 1 when it waits for the other core, 2 when it is the meeting that the other
    /// core has waited for.
    /// </summary>
    public int Issue(ReadOnlySpan<byte> record)
    {
        _reader.Begin(record);
        var reader = OperationReader.Of(_reader.U16());
        var engine = _reader.Member<Engine>();
        var core = CoreNumber();
        _reader.For(reader.Name, Span());
        var operation = reader.Read(_reader);
        return !_run.Issue(core, operation, engine) ? 1 : operation is IMeeting ? 2 : 0;
    }

    /// <summary>A loop begins or an iteration ends: 1 when an iteration begins.</summary>
    public int Loop(ReadOnlySpan<byte> record)
    {
        _reader.Begin(record);
        var what = _reader.U8();
        var core = CoreNumber();
        var span = Span();
        _reader.For("loop", span);
        if (what == 2) return _run.End(core, span) ? 1 : 0;
        var register = new Register(_reader.I32());
        if (what == 1) return _run.Begin(core, new WhileLoop(register) { Span = span }) ? 1 : 0;
        var (start, stop) = (_reader.IntegerOrRegister("start"), _reader.IntegerOrRegister("stop"));
        var step = _reader.I64();
        if (step != (int)step) throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
            LoopCodes.Step, FormattableString.Invariant($"loop: step is {step}, limit 32 bits"), span));
        return _run.Begin(core, new Loop(register, start, stop, (int)step) { Span = span }) ? 1 : 0;
    }

    /// <summary>The last views of tensors have gone.</summary>
    public void Free(ReadOnlySpan<int> tensors)
    {
        foreach (var tensor in tensors) _run.Free(tensor);
    }

    /// <summary>Copies elements out.</summary>
    public long Read(ReadOnlySpan<byte> record, Span<byte> host)
    {
        var view = View(record);
        if (view.Bytes > host.Length) throw new InvalidDataException($"{host.Length} bytes are too few for {view.Bytes}");
        _run.Read(view, host[..(int)view.Bytes]);
        return view.Bytes;
    }

    /// <summary>Copies elements in.</summary>
    public long Write(ReadOnlySpan<byte> record, ReadOnlySpan<byte> host)
    {
        _run.Write(View(record), host);
        return host.Length;
    }

    /// <summary>The 32 bits of a register.</summary>
    public uint Register(int core, int number) => unchecked((uint)_run.Register(core, number));

    /// <summary>An entry of a core waits for an earlier one.</summary>
    public void Depend(int core, long consumer, long producer) => _run.Depend(core, consumer, producer);

    /// <summary>Compiles and times what was recorded.</summary>
    public void Finish(ReadOnlySpan<byte> json)
    {
        using var document = SessionOptions.Document(json);
        var root = document.RootElement;
        int[] outputs = root.TryGetProperty("outputs", out var o) ? [.. o.EnumerateArray().Select(e => e.GetInt32())] : [];
        string[] names = root.TryGetProperty("names", out var n) ? [.. n.EnumerateArray().Select(e => e.GetString() ?? "")] : [];
        var time = !root.TryGetProperty("time", out var t) || t.GetBoolean();
        if (root.TryGetProperty("only", out var only) && only.ValueEquals("function")) time = false;
        _result = _run.Finish(outputs, names, time);
    }

    /// <summary>1 facts of the chip, 2 the result as JSON, 3 the report for terminals, 4 the program.</summary>
    public string Text(int what) => what switch
    {
        0 => Error,
        1 => ChipFacts.Of(_run.Chip),
        2 => RunJson.Write(Result),
        3 => Report(),
        4 => ProgramText.Print(_result?.Program ?? _run.ToProgram()),
        _ => throw new InvalidDataException($"text {what} does not exist"),
    };

    /// <summary>Writes a file: 0 the trace for Perfetto, 1 the page, 2 the result as JSON.</summary>
    /// <exception cref="TrnException">TRN4312: it cannot be written.</exception>
    public void Save(int what, string path)
    {
        var result = Result;
        try
        {
            using var file = System.IO.File.Create(path);
            if (what == 0) TraceFile.Write(result, file);
            else if (what == 1) HtmlReport.Write(result, file);
            else file.Write(Encoding.UTF8.GetBytes(RunJson.Write(result) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SessionOptions.Bad($"{path} cannot be written: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    private RunResult Result => _result ?? throw new InvalidDataException("the session has not finished");

    private string Report()
    {
        using var text = new StringWriter { NewLine = "\n" };
        TerminalReport.Write(text, Result);
        return text.ToString();
    }

    private HostView View(ReadOnlySpan<byte> record)
    {
        _reader.Begin(record);
        _reader.For("view", SourceSpan.None);
        var head = _reader.OnlyView();
        if (head.IsDynamic) throw new InvalidDataException("the host copies views without dynamic parts only");
        return new HostView(head.Tensor, head.DType, head.StartPartition, head.Offset, _reader.Counts, _reader.Strides);
    }

    private int CoreNumber() => _reader.U8() is var core && core < _options.Cores
        ? core : throw new InvalidDataException($"core {core} does not exist");

    private SourceSpan Span()
    {
        var (file, line) = (_reader.I32(), _reader.I32());
        return file >= 0 && file < _files.Count ? new SourceSpan(_files[file], Math.Max(line, 0)) : SourceSpan.None;
    }
}
