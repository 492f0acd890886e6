using System.Security.Cryptography;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text;

/// <summary>
/// The values of constants, in F.trn.bin beside F.trn: for each, the bytes of the tensor in row-major order, little
/// endian, at the offset that the program states. What is read is checked against the program: length and SHA-256.
/// </summary>
public sealed class ConstantFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;

    private ConstantFile(FileStream stream, string path) => (_stream, _path) = (stream, path);

    /// <summary>F.trn.bin of F.trn.</summary>
    public static string PathOf(string programPath) => programPath + ".bin";

    /// <summary>Opens the file beside a program.</summary>
    /// <param name="programPath">Path of the .trn.</param>
    /// <param name="finding">Why it cannot be opened, or null.</param>
    /// <returns>The file, or null.</returns>
    public static ConstantFile? Open(string programPath, out Diagnostic? finding)
    {
        var path = PathOf(programPath);
        try
        {
            finding = null;
            return new ConstantFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            finding = Diagnostic.Error(
                TextCodes.ConstantsMissing, $"cannot read the constants: {e.Message}", new SourceSpan(path, 0));
            return null;
        }
    }

    /// <summary>
    /// Reads a constant into memory of its size; returns the finding when the bytes are not those of the program.
    /// </summary>
    /// <param name="tensor">A tensor with content of kind File.</param>
    /// <param name="destination">As many bytes as the tensor has.</param>
    public Diagnostic? Read(Tensor tensor, Span<byte> destination)
    {
        var content = tensor.Content!;
        if (content.Length != tensor.Bytes || destination.Length != tensor.Bytes)
        {
            return Short(tensor, FormattableString.Invariant(
                $"{tensor.Name} {tensor.TypeText} has {tensor.Bytes} bytes, the program names {content.Length} of the file"));
        }

        try
        {
            if (content.Offset < 0 || content.Offset > _stream.Length - content.Length)
            {
                return Short(tensor, FormattableString.Invariant(
                    $"{tensor.Name} is {content.Length} bytes from {content.Offset} of {_path}, which has {_stream.Length}"));
            }

            _stream.Position = content.Offset;
            _stream.ReadExactly(destination);
        }
        catch (IOException e)
        {
            return Diagnostic.Error(
                TextCodes.ConstantsMissing, $"cannot read {tensor.Name} from {_path}: {e.Message}", tensor.Span);
        }

        return CheckHash(tensor, content.Sha256, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private Diagnostic? CheckHash(Tensor tensor, string expected, ReadOnlySpan<byte> bytes)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (actual == expected) return null;
        var stated = expected.Length == 0 ? "the program states none" : $"the program states {expected}";
        return Diagnostic.Error(
            TextCodes.ConstantsChanged, $"{tensor.Name} in {_path} has SHA-256 {actual}, {stated}", tensor.Span);
    }

    private static Diagnostic Short(Tensor tensor, string message) =>
        Diagnostic.Error(TextCodes.ConstantsShort, message, tensor.Span);
}
