using System.Security.Cryptography;
using TrnEmu.Compiler.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// Reads the constants of the JSON form of a model. In the file they stand in the order of the tensors and share no
/// byte, so that memory is bounded by the files' lengths.
/// </summary>
internal sealed class GraphConstants(string path, JsonChecker json)
{
    /// <summary>What a tensor says of its values.</summary>
    public static readonly string[] Members = ["base64", "offset", "length", "sha256"];

    private readonly Dictionary<string, byte[]> _constants = [];
    private long _end;

    /// <summary>The bytes of each constant.</summary>
    /// <exception cref="TrnException">Everything that is wrong with them.</exception>
    public IReadOnlyDictionary<string, byte[]> Read(IReadOnlyList<(GraphTensor Tensor, JsonItem Item)> tensors)
    {
        var file = GraphJson.ConstantsOf(path);
        try
        {
            using var stream = tensors.Any(t => t.Item["base64"] is null) ? File.OpenRead(file) : null;
            foreach (var (tensor, item) in tensors)
            {
                var bytes = item["base64"] is { } inline
                    ? Inline(tensor, item, inline)
                    : FromFile(tensor, item, stream!);
                if (bytes is not null) _constants.Add(tensor.Name, bytes);
            }
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                Importers.ImportCodes.Unreadable, e.Message, new SourceSpan(file, 0)));
        }

        json.ThrowIfAny();
        return _constants;
    }

    private byte[]? Inline(GraphTensor tensor, JsonItem item, JsonItem inline)
    {
        var bytes = new byte[inline.Text.Length / 4 * 3];
        if (Members.Any(m => m != "base64" && item[m] is not null))
            json.Report(item, $"{tensor.Name} has values both here and in the file");
        else if (!Convert.TryFromBase64String(inline.Text, bytes, out var length) || inline.Text.Length % 4 != 0)
            json.Report(inline, $"base64 of {tensor.Name} is {JsonChecker.Show(inline)}, expected base64");
        else if (HasLength(tensor, item, length)) return bytes[..length];
        return null;
    }

    private byte[]? FromFile(GraphTensor tensor, JsonItem item, FileStream stream)
    {
        var (offset, length) = (item["offset"]?.Integer, item["length"]?.Integer);
        var hash = json.Text(item, "sha256");
        if (offset is null || length is null)
        {
            json.Report(item, $"{tensor.Name} has no values: expected base64, or offset, length and sha256");
            return null;
        }

        if (offset < _end || length < 0 || length > stream.Length - offset)
        {
            json.Report(item,
                $"{tensor.Name} is {length} bytes from {offset} of a file of {stream.Length}, of which {_end} are taken");
            return null;
        }

        if (!HasLength(tensor, item, length.Value)) return null;
        var bytes = new byte[length.Value];
        stream.Position = offset.Value;
        stream.ReadExactly(bytes);
        _end = offset.Value + length.Value;
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash) return bytes;
        json.Report(item, $"the bytes of {tensor.Name} have another SHA-256 than {hash}: the file has changed");
        return null;
    }

    private bool HasLength(GraphTensor tensor, JsonItem item, long length)
    {
        if (length == tensor.Type.Bytes) return true;
        json.Report(item, $"{tensor.Name} is {tensor.Type} of {tensor.Type.Bytes} bytes, its values have {length}");
        return false;
    }
}
