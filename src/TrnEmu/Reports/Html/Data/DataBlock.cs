using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace TrnEmu.Reports.Html.Data;

/// <summary>
/// What the page's script draws, as one block of bytes: four bytes of length, a header in JSON, and columns of whole
/// numbers, each as variable-length integers. The page holds it in base 64, which ends no script.
/// </summary>
internal sealed class DataBlock
{
    private readonly ArrayBufferWriter<byte> _body = new(1 << 16);
    private readonly List<(string Name, int Count, ColumnCoding Coding, int Bytes)> _columns = [];

    /// <summary>Adds a column.</summary>
    public void Add(string name, ReadOnlySpan<long> values)
    {
        var before = _body.WrittenCount;
        var coding = ColumnCoder.Write(values, _body);
        _columns.Add((name, values.Length, coding, _body.WrittenCount - before));
    }

    /// <summary>Adds a column by its numbers, from 0 on. One loop for all of them: queries over structs would each be
    /// compiled anew, which takes longer than small runs do.</summary>
    public void Add(string name, int count, Func<int, long> numberOf)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++) values[i] = numberOf(i);
        Add(name, values);
    }

    /// <summary>Adds bytes as they are.</summary>
    public void AddBytes(string name, ReadOnlySpan<byte> bytes)
    {
        _body.Write(bytes);
        _columns.Add((name, bytes.Length, ColumnCoding.Bytes, bytes.Length));
    }

    /// <summary>The block.</summary>
    /// <param name="facts">Writes the properties of the header that are no columns.</param>
    public byte[] ToArray(Action<Utf8JsonWriter> facts)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            facts(json);
            json.WriteStartArray("columns");
            foreach (var (name, count, coding, bytes) in _columns)
            {
                json.WriteStartArray();
                json.WriteStringValue(name);
                json.WriteNumberValue(count);
                json.WriteNumberValue((int)coding);
                json.WriteNumberValue(bytes);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var block = new byte[sizeof(int) + header.WrittenCount + _body.WrittenCount];
        BinaryPrimitives.WriteInt32LittleEndian(block, header.WrittenCount);
        header.WrittenSpan.CopyTo(block.AsSpan(sizeof(int)));
        _body.WrittenSpan.CopyTo(block.AsSpan(sizeof(int) + header.WrittenCount));
        return block;
    }
}
