using System.Globalization;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Finds the data of tensors that lie in other files, inside the folder of the model only.</summary>
/// <param name="file">The model's path.</param>
internal sealed class ExternalData(string file)
{
    /// <summary>Part of a file.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Offset">First byte.</param>
    /// <param name="Length">Bytes.</param>
    public sealed record Place(string Path, long Offset, long Length)
    {
        /// <summary>The bytes.</summary>
        public byte[] Read()
        {
            using var stream = File.OpenRead(Path);
            stream.Position = Offset;
            var bytes = new byte[Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>Where a tensor's data lie.</summary>
    /// <exception cref="TrnException">The file is elsewhere, is missing or is too short.</exception>
    public Place Find(TensorProto tensor, long bytes, string name)
    {
        if (tensor.DataLocation != 1) throw Bad(name, $"has data location {tensor.DataLocation}, expected 0 or 1");
        string? location = null;
        long offset = 0, length = bytes;
        foreach (var entry in tensor.ExternalData)
        {
            if (entry.Key == "location") location = entry.Value;
            else if (entry.Key == "offset") offset = Number(entry, name);
            else if (entry.Key == "length") length = Number(entry, name);
        }

        if (length != bytes) throw Bad(name, $"has {length} external bytes, expected {bytes}");
        var path = Inside(location, name);
        long size;
        try
        {
            size = new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(name, $"lies in {OnnxErrors.Shown(location!)}: {e.Message}");
        }

        return bytes <= size && offset <= size - bytes ? new Place(path, offset, bytes) : throw Bad(
            name, $"lies at {offset} to {(Int128)offset + bytes} of {OnnxErrors.Shown(location!)}, which has {size} bytes");
    }

    private string Inside(string? location, string name)
    {
        var folder = Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (string.IsNullOrEmpty(location) || location.Contains('\0') || Path.IsPathRooted(location))
            throw Bad(name, $"lies in \"{OnnxErrors.Shown(location ?? "")}\", expected a path below the model's folder");
        var path = folder;
        foreach (var part in location.Split('/', '\\'))
        {
            if (part.Length == 0 || part == ".") continue;
            path = Path.Combine(path, part);
            if (part == ".." || (Path.Exists(path) && new FileInfo(path).LinkTarget is not null))
                throw Bad(
                    name, $"lies in \"{OnnxErrors.Shown(location)}\", expected a path below the model's folder without links");
        }

        return path;
    }

    private long Number(PairProto entry, string name) =>
        long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : throw Bad(name, $"has external {entry.Key} \"{OnnxErrors.Shown(entry.Value)}\", expected a count of bytes");

    private TrnException Bad(string name, FormattableString problem) => OnnxErrors.Bad(
        file, OnnxCodes.External, $"tensor {OnnxErrors.Shown(name)} {FormattableString.Invariant(problem)}");
}
