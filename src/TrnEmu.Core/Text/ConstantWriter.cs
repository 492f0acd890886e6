using System.Security.Cryptography;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text;

/// <summary>
/// Writes the file of constants front to back; each starts at a multiple of 64 bytes, with zeros before it.
/// </summary>
/// <param name="stream">The file, written from its start.</param>
public sealed class ConstantWriter(Stream stream)
{
    private const int Alignment = 64;
    private long _length;

    /// <summary>Appends the bytes of a constant, and returns the content that its tensor then has.</summary>
    public TensorContent Add(ReadOnlySpan<byte> bytes)
    {
        var padding = (int)(-_length & (Alignment - 1));
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        stream.Write(zeros[..padding]);
        stream.Write(bytes);
        var offset = _length + padding;
        _length = offset + bytes.Length;
        return new TensorContent(
            ContentKind.File, Offset: offset, Length: bytes.Length, Sha256: Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
