using System.Buffers.Binary;
using TrnEmu.Compiler.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>
/// Reads the header of a safetensors file: eight bytes of length, a JSON object that says type, shape and bytes of each
/// tensor, then those bytes, which must belong to one tensor each.
/// </summary>
internal sealed class SafetensorsFile
{
    private const int LengthBytes = sizeof(ulong);
    private const int MaxHeader = 100_000_000;
    private const int MaxRank = 16;
    private const string Metadata = "__metadata__";
    private readonly string _path;
    private readonly JsonChecker _json;
    private readonly long _start;
    private readonly long _length;

    private SafetensorsFile(string path, long start, long length)
    {
        (_path, _start, _length) = (path, start, length);
        _json = new JsonChecker(path, ImportCodes.Tensors);
    }

    /// <summary>The tensors of a file in the order of their bytes.</summary>
    /// <param name="stream">The file from its first byte on.</param>
    /// <param name="path">Its path.</param>
    /// <exception cref="TrnException">Everything that is wrong with its header.</exception>
    public static IReadOnlyList<SafetensorsEntry> Entries(Stream stream, string path)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
            throw LlamaHeader.Bad(path, ImportCodes.Tensors,
                $"has {stream.Length} bytes, expected at least {LengthBytes}");
        stream.ReadExactly(bytes);
        var header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var room = (ulong)Math.Min(MaxHeader, stream.Length - LengthBytes);
        if (header < 2 || header > room)
            throw LlamaHeader.Bad(path, ImportCodes.Tensors, $"the header has {header} bytes, expected 2 to {room}");
        var text = new byte[header];
        stream.ReadExactly(text);
        var start = LengthBytes + (long)header;
        return new SafetensorsFile(path, start, stream.Length - start).Read(
            JsonText.Parse(text, path, ImportCodes.Tensors));
    }

    private List<SafetensorsEntry> Read(JsonItem root)
    {
        var entries = new List<SafetensorsEntry>();
        foreach (var (name, item) in root.Members.Where(m => m.Key != Metadata))
        {
            if (ReadEntry(name, item) is { } entry) entries.Add(entry);
        }

        _json.ThrowIfAny();
        entries.Sort((a, b) => (a.Offset, a.Bytes).CompareTo((b.Offset, b.Bytes)));
        CheckCover(root, entries);
        _json.ThrowIfAny();
        return entries;
    }

    private SafetensorsEntry? ReadEntry(string name, JsonItem item)
    {
        var before = _json.Findings.Count;
        if (!_json.IsObject(item, $"tensor {name}", "dtype", "shape", "data_offsets")) return null;
        var stored = _json.Text(item, "dtype");
        var shape = Numbers(item, "shape");
        var offsets = Numbers(item, "data_offsets");
        if (_json.Findings.Count > before) return null;
        if (SafetensorsTypes.BitsOf(stored) is not { } bits)
        {
            _json.Report(item, $"tensor {name} is of type {stored}, which safetensors files do not have");
            return null;
        }

        if (shape.Count > MaxRank || offsets.Count != 2)
        {
            _json.Report(item,
                $"tensor {name} has {shape.Count} extents and {offsets.Count} offsets, expected up to {MaxRank} and 2");
            return null;
        }

        if (offsets[0] > offsets[1] || offsets[1] > _length)
        {
            _json.Report(item, $"tensor {name} has bytes {offsets[0]} to {offsets[1]}, {_length} follow the header");
            return null;
        }

        var entry = new SafetensorsEntry(_path, name, stored, shape, _start + offsets[0], offsets[1] - offsets[0]);
        if (HasBytes(entry, bits)) return entry;
        _json.Report(item, $"tensor {name} is {entry}, but has {entry.Bytes} bytes");
        return null;
    }

    private List<long> Numbers(JsonItem item, string name)
    {
        var numbers = new List<long>();
        foreach (var number in _json.Items(item, name))
        {
            if (number.Integer is >= 0) numbers.Add(number.Integer.Value);
            else _json.Report(number, $"{name} has {JsonChecker.Show(number)}, expected whole numbers from 0 on");
        }

        return numbers;
    }

    /// <summary>Counted so that no product overflows: beyond the file's bits nothing else matters.</summary>
    private static bool HasBytes(SafetensorsEntry entry, int bits)
    {
        if (entry.Shape.Contains(0)) return entry.Bytes == 0;
        var limit = (Int128)entry.Bytes * 8;
        Int128 expected = bits;
        foreach (var extent in entry.Shape)
        {
            expected *= extent;
            if (expected > limit) return false;
        }

        return expected == limit;
    }

    private void CheckCover(JsonItem root, List<SafetensorsEntry> entries)
    {
        var end = _start;
        foreach (var entry in entries)
        {
            if (entry.Offset < end)
                _json.Report(root,
                    $"tensor {entry.Name} shares {end - entry.Offset} bytes with another");
            if (entry.Offset > end)
                _json.Report(root,
                    $"the {entry.Offset - end} bytes before tensor {entry.Name} belong to no tensor");
            end = Math.Max(end, entry.Offset + entry.Bytes);
        }

        if (end < _start + _length) _json.Report(root, $"the last {_start + _length - end} bytes belong to no tensor");
    }
}
