using System.Globalization;

namespace TrnEmu.Core.Text;

/// <summary>Things named by a letter and a number: r3, s12, c1.</summary>
internal static class Numbered
{
    /// <summary>The number behind the letter; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, char letter, out int number)
    {
        number = 0;
        return word.Length > 1 && word[0] == letter
            && int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
