using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Text;

/// <summary>Words for what a tensor is to its program; an internal one has none.</summary>
internal static class RoleNames
{
    private static readonly string[] Words = ["internal", "input", "output", "inout", "constant"];

    /// <summary>The word of a role.</summary>
    public static string Of(TensorRole role) => Words[(int)role];

    /// <summary>The role of a word; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out TensorRole role)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            role = (TensorRole)i;
            if (word.SequenceEqual(Words[i])) return true;
        }

        role = default;
        return false;
    }
}
