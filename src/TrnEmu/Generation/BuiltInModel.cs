using System.Globalization;
using TrnEmu.Compiler.Importers;

namespace TrnEmu.Generation;

/// <summary>The model that a run without a target uses: a transformer that sorts the digits it is given.</summary>
internal static class BuiltInModel
{
    /// <summary>Its name as a target.</summary>
    public const string Name = "sorter";

    private const string Resource = "TrnEmu.BuiltIn.sorter.bin";
    private const int EqualsSign = 3;
    private const int Zero = 4;

    /// <summary>Reads it from this assembly.</summary>
    public static LanguageModel Load(ImportOptions types)
    {
        using var stream = typeof(BuiltInModel).Assembly.GetManifestResourceStream(Resource)!;
        return new LanguageModel
        {
            Title = "a small transformer that sorts digits",
            Decoder = LlamaFile.Read(stream, Name, types),
            Vocabulary = new Vocabulary(Pieces()),
            DefaultPrompt = "3141592",
            PromptEnd = "=",
            LongestPrompt = 15,
        };
    }

    private static Dictionary<int, string> Pieces()
    {
        var pieces = new Dictionary<int, string> { [EqualsSign] = "=" };
        for (var digit = 0; digit < 10; digit++) pieces.Add(Zero + digit, digit.ToString(CultureInfo.InvariantCulture));
        return pieces;
    }
}
