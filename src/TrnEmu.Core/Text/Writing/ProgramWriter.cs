using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Text.Writing;

/// <summary>Writes a program: header, tensors, cores.</summary>
internal sealed class ProgramWriter(Program program, TextWriter writer, ExpansionWriter? expansion)
{
    private const int SpanColumn = 80;
    private readonly LineWriter _line = new(program);

    /// <summary>Writes everything.</summary>
    public void Write()
    {
        End(_line.Append("trn ").Append(ProgramText.Version));
        End(_line.Append("chip ").Append(Names.IsName(program.Chip) ? program.Chip : QuotedText.Quote(program.Chip)));
        End(_line.Append("cores ").Append(program.Cores.Count));
        if (program.Tensors.Count > 0) Tensors();
        for (var i = 0; i < program.Cores.Count; i++) Core(i, program.Cores[i]);
    }

    private void Tensors()
    {
        End(_line);
        var tensors = new TensorWriter(program.Tensors.Span);
        foreach (var tensor in program.Tensors.Span)
        {
            tensors.Write(tensor, _line);
            Span(tensor.Span);
            End(_line);
        }
    }

    private void Core(int index, CoreProgram core)
    {
        End(_line);
        End(_line.Append("core ").Append(index));
        var entries = new EntryWriter(index, core.Entries.Span);
        foreach (ref readonly var entry in core.Entries.Span)
        {
            entries.Write(entry, _line);
            Span(entry.Operation.Span);
            End(_line);
            expansion?.Write(entry, _line, writer);
        }
    }

    private void Span(SourceSpan span)
    {
        if (span.File is not null) _line.PadTo(SpanColumn, atLeast: 2).Append("# ").Append(SpanText.Format(span));
    }

    private void End(LineWriter line) => line.End(writer);
}
