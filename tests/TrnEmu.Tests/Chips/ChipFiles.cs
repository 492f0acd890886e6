using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Chips;

/// <summary>Chip files with something wrong in them.</summary>
internal static class ChipFiles
{
    private static readonly string Trn2 = Path.Combine(Repository.Root, "src", "TrnEmu.Core", "Chips", "trn2.json");

    /// <summary>The text of the embedded trn2.</summary>
    public static string Text => File.ReadAllText(Trn2);

    /// <summary>Line, from 1, of the first place where the text stands.</summary>
    public static int LineOf(string text, string part) =>
        text[..text.IndexOf(part, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    /// <summary>What loading this text reports.</summary>
    public static IReadOnlyList<Diagnostic> Findings(string text)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, text);
        try
        {
            return Assert.Throws<TrnException>(() => Chip.Load(file)).Diagnostics;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
