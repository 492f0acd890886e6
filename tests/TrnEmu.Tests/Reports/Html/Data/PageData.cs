using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TrnEmu.Reports;
using TrnEmu.Reports.Html;
using TrnEmu.Reports.Html.Data;

namespace TrnEmu.Tests.Reports.Html.Data;

/// <summary>The data of a page, read as the format says and not as the page's script does.</summary>
internal sealed class PageData
{
    private readonly Dictionary<string, (int Count, int Coding, byte[] Bytes)> _columns = [];

    private PageData(byte[] block)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(block);
        Header = JsonDocument.Parse(block.AsMemory(4, length)).RootElement;
        var at = 4 + length;
        foreach (var column in Header.GetProperty("columns").EnumerateArray())
        {
            var size = column[3].GetInt32();
            _columns.Add(column[0].GetString()!, (column[1].GetInt32(), column[2].GetInt32(), block[at..(at + size)]));
            at += size;
        }

        Assert.Equal(block.Length, at);
    }

    public JsonElement Header { get; }

    public bool Has(string column) => _columns.ContainsKey(column);

    public static string Page(RunResult run)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(run, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static PageData Of(RunResult run) => Of(Page(run));

    public static PageData Of(string page)
    {
        var text = Regex.Match(page, "<script type=\"text/plain\" id=\"data\">([A-Za-z0-9+/=]*)</script>").Groups[1].Value;
        return new PageData(Packing.Unpack(Convert.FromBase64String(text)));
    }

    public static PageData OfBlock(byte[] block) => new(block);

    /// <summary>Numbers of a column.</summary>
    public long[] this[string name]
    {
        get
        {
            var (count, coding, bytes) = _columns[name];
            var numbers = new List<long>();
            for (int at = 0; at < bytes.Length;)
            {
                ulong folded = 0;
                var shift = 0;
                do folded |= (ulong)(bytes[at] & 0x7F) << (7 * shift++);
                while (bytes[at++] >= 0x80);
                numbers.Add((long)(folded >> 1) ^ -(long)(folded & 1));
            }

            var values = (coding & 2) == 0 ? numbers
                : [.. numbers.Chunk(2).SelectMany(pair => Enumerable.Repeat(pair[0], (int)pair[1] + 1))];
            if ((coding & 1) != 0)
            {
                for (var i = 1; i < values.Count; i++) values[i] += values[i - 1];
            }

            Assert.Equal(count, values.Count);
            return [.. values];
        }
    }

    public byte[] Bytes(string name) => _columns[name].Bytes;

    public string[] Texts(string name) => [.. Header.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];

    /// <summary>The operands of every operation, their numbers put back into their words.</summary>
    public string[] Operands()
    {
        var (words, kinds, bytes, at) = (Texts("words"), this["op.words"], Bytes("op.numbers"), 0);
        var last = words.Select(w => new long[w.Count(c => c == OperationText.Mark)]).ToArray();
        var texts = new string[kinds.Length];
        for (var op = 0; op < kinds.Length; op++)
        {
            var numbers = last[kinds[op]];
            var masks = bytes[at..(at += (numbers.Length + 6) / 7)];
            for (var n = 0; n < numbers.Length; n++)
            {
                if ((masks[n / 7] >> n % 7 & 1) == 0) continue;
                ulong folded = 0;
                var shift = 0;
                do folded |= (ulong)(bytes[at] & 0x7F) << (7 * shift++);
                while (bytes[at++] >= 0x80);
                numbers[n] += (long)(folded >> 1) ^ -(long)(folded & 1);
            }

            var parts = words[kinds[op]].Split(OperationText.Mark);
            texts[op] = string.Concat(parts.Select((p, n) => n == 0 ? p : numbers[n - 1] + p));
        }

        Assert.Equal(bytes.Length, at);
        return texts;
    }
}
