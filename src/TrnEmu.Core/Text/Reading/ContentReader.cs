using System.Buffers;
using System.Security.Cryptography;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text.Reading;

/// <summary>
/// Reads what fills a tensor: <c>random(seed)</c>, <c>zeros</c>, <c>iota</c>, <c>file(offset, length, sha256)</c>.
/// </summary>
internal static class ContentReader
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads what follows the word; false when an error was reported.</summary>
    public static bool TryRead(LineReader line, ReadOnlySpan<char> word, out TensorContent? content)
    {
        content = null;
        switch (word)
        {
            case "zeros":
                content = new TensorContent(ContentKind.Zeros);
                return true;
            case "iota":
                content = new TensorContent(ContentKind.Iota);
                return true;
            case "random":
                if (!line.Take('(') || !line.TryInteger("a seed", long.MinValue, long.MaxValue, out var seed))
                    return false;
                content = new TensorContent(ContentKind.Random, seed);
                return line.Take(')');
            default:
                return TryFile(line, out content);
        }
    }

    private static bool TryFile(LineReader line, out TensorContent? content)
    {
        content = null;
        if (!line.Take('(') || !line.TryInteger("an offset in bytes", 0, TextLimits.Reach, out var offset))
            return false;
        if (!line.Take(',') || !line.TryInteger("a length in bytes", 0, TextLimits.Reach, out var length)) return false;
        var hash = "";
        if (line.TryTake(','))
        {
            var start = line.Column;
            var word = line.Word();
            if (word.Length != 2 * SHA256.HashSizeInBytes || word.ContainsAnyExcept(HexDigits))
                return line.Expected("a SHA-256 (64 hexadecimal digits, lower case)", start);
            hash = word.ToString();
        }

        content = new TensorContent(ContentKind.File, Offset: offset, Length: length, Sha256: hash);
        return line.Take(')');
    }
}
