using TrnEmu.Core.Isa;

namespace TrnEmu.Python;

/// <summary>The members of an enumeration by their words in program texts.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private const int Longest = 64;

    private static readonly Dictionary<string, T> ByWord = Enum.GetValues<T>()
        .ToDictionary(v => OperationInfo.SnakeCase(v.ToString()), v => v, StringComparer.Ordinal);

    private static readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByWord.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>For messages.</summary>
    public static string Expected => $"one of {string.Join(", ", ByWord.Keys)}";

    /// <summary>The member of an ASCII word.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out T value)
    {
        value = default;
        if (word.Length > Longest) return false;
        Span<char> text = stackalloc char[word.Length];
        for (var i = 0; i < word.Length; i++) text[i] = (char)word[i];
        return Lookup.TryGetValue(text, out value);
    }
}
