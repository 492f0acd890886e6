using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrnEmu.Reports.Trace;

/// <summary>Writes the events of a trace one after the other, an event a line; keeps no more than a block of text.</summary>
internal sealed class TraceWriter : IDisposable
{
    private const int Block = 1 << 16;
    private const int Digits = 6;
    private const long PicosecondsPerMicrosecond = 1_000_000;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Block);
    private readonly Utf8JsonWriter _json;
    private bool _hasEvents;

    /// <summary>Begins the file with facts about the run.</summary>
    public TraceWriter(Stream stream, IEnumerable<(string Name, string Value)> facts)
    {
        _stream = stream;
        _buffer.Write("{\"otherData\":"u8);
        _json = new Utf8JsonWriter(_buffer, Options);
        _json.WriteStartObject();
        foreach (var (name, value) in facts) _json.WriteString(name, value);
        End();
        _buffer.Write(",\"traceEvents\":[\n"u8);
    }

    /// <summary>Begins an event: its phase, and where it stands; a track of 0 stands for the whole process.</summary>
    public Utf8JsonWriter Begin(string phase, int process, int track)
    {
        _buffer.Write(_hasEvents ? ",\n"u8 : ""u8);
        _hasEvents = true;
        _json.WriteStartObject();
        _json.WriteString("ph"u8, phase);
        _json.WriteNumber("pid"u8, process);
        if (track > 0) _json.WriteNumber("tid"u8, track);
        return _json;
    }

    /// <summary>A time as microseconds, exactly: picoseconds are its sixth digit.</summary>
    public void Time(ReadOnlySpan<byte> name, long picoseconds)
    {
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(picoseconds / PicosecondsPerMicrosecond, text, out var length);
        var fraction = picoseconds % PicosecondsPerMicrosecond;
        if (fraction != 0)
        {
            text[length] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, text[(length + 1)..], out _, new StandardFormat('D', Digits));
            length += 1 + Digits;
            while (text[length - 1] == (byte)'0') length--;
        }

        _json.WritePropertyName(name);
        _json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Ends the event that was begun.</summary>
    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        if (_buffer.WrittenCount >= Block) WriteBlock();
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        _buffer.Write("\n]}\n"u8);
        WriteBlock();
        _json.Dispose();
    }

    private void WriteBlock()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
