using TrnEmu.Compiler.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>The tensors of one safetensors file, or of those that an index names.</summary>
internal sealed class Checkpoint
{
    private const string IndexExtension = ".index.json";
    private const int MaxIndex = 64_000_000;
    private const int Chunk = 1 << 20;
    private readonly Dictionary<string, SafetensorsEntry> _entries = [];

    /// <summary>All tensors, in the order of the files.</summary>
    public IReadOnlyCollection<SafetensorsEntry> Entries => _entries.Values;

    /// <summary>Reads the headers.</summary>
    /// <param name="path">A .safetensors file, or the .index.json of several.</param>
    /// <exception cref="TrnException">A file is missing or damaged.</exception>
    public static Checkpoint Open(string path)
    {
        var checkpoint = new Checkpoint();
        if (path.EndsWith(IndexExtension, StringComparison.Ordinal)) checkpoint.AddIndexed(path);
        else checkpoint.Add(path, Headers(path));
        return checkpoint;
    }

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>
    /// The elements of a tensor of a type that weights may have, as fp32, in <paramref name="room"/>: one array for the
    /// largest of all tensors, since the host keeps what it has been given for each until long after.
    /// </summary>
    /// <exception cref="TrnException">The file changed since its header was read, or the tensor is too
    /// large.</exception>
    public static ReadOnlySpan<float> Read(SafetensorsEntry entry, ref float[] room)
    {
        var size = SafetensorsTypes.BitsOf(entry.Stored)!.Value / 8;
        var count = entry.Bytes / size;
        if (count > int.MaxValue / sizeof(float)) throw LlamaHeader.Bad(
            entry.File, ImportCodes.Weights, $"{entry.Name} has {count} numbers, limit {int.MaxValue / sizeof(float)}");
        if (room.Length < count) room = new float[count];
        var values = room.AsMemory(0, (int)count);
        Guard(entry.File, () =>
        {
            using var stream = File.OpenRead(entry.File);
            stream.Position = entry.Offset;
            var bytes = new byte[Math.Min(Chunk, entry.Bytes)];
            for (var i = 0; i < values.Length; i += bytes.Length / size)
            {
                var part = values.Span.Slice(i, Math.Min(bytes.Length / size, values.Length - i));
                stream.ReadExactly(bytes.AsSpan(0, part.Length * size));
                SafetensorsTypes.Widen(entry.Stored, bytes.AsSpan(0, part.Length * size), part);
            }

            return values;
        });
        return values.Span;
    }

    private void AddIndexed(string path)
    {
        var root = JsonText.Load(path, MaxIndex, ImportCodes.Tensors, ImportCodes.Unreadable);
        var json = new JsonChecker(path, ImportCodes.Tensors);
        var map = root["weight_map"];
        if (map is not { IsObject: true })
            json.Report(root,
                $"weight_map is missing, expected the file of each tensor");
        var files = new SortedDictionary<string, JsonItem>(StringComparer.Ordinal);
        foreach (var (name, item) in map?.Members ?? [])
        {
            // Names of files beside the index: one that leads elsewhere is no part of the model.
            if (item.Text.Length > 0 && Path.GetFileName(item.Text) == item.Text) files.TryAdd(item.Text, item);
            else
                json.Report(item,
                    $"tensor {name} is in {JsonChecker.Show(item)}, expected the name of a file beside the index");
        }

        json.ThrowIfAny();
        foreach (var file in files.Keys)
        {
            var shard = Path.Combine(Path.GetDirectoryName(path) ?? "", file);
            Add(shard, Headers(shard).Where(e => map![e.Name]?.Text == file));
        }

        foreach (var (name, item) in map!.Members.Where(m => !_entries.ContainsKey(m.Key)))
            json.Report(item, $"tensor {name} is not in {item.Text}");
        json.ThrowIfAny();
    }

    private void Add(string path, IEnumerable<SafetensorsEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_entries.TryAdd(entry.Name, entry))
                throw LlamaHeader.Bad(path, ImportCodes.Tensors, $"tensor {entry.Name} stands in two files");
        }
    }

    private static IReadOnlyList<SafetensorsEntry> Headers(string path) => Guard(path, () =>
    {
        using var stream = File.OpenRead(path);
        return SafetensorsFile.Entries(stream, path);
    });

    /// <summary>What <paramref name="read"/> reads; a failure of the file system is a finding about the file.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw LlamaHeader.Bad(path, ImportCodes.Unreadable, $"{e.Message}");
        }
    }
}
