using System.Globalization;
using System.Text;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Generation;

/// <summary>The pieces of text that tokens stand for; it need not know all of them.</summary>
public sealed class Vocabulary(IReadOnlyDictionary<int, string> pieces)
{
    /// <summary>A file of pieces, or a text that they cannot spell.</summary>
    public static readonly DiagnosticCode BadText = new(
        "TRN1421", "vocabulary",
        "Text becomes tokens by FILE.partial_vocab.tsv beside the model: lines of id, tab, JSON string.",
        "Use text that the pieces can spell, give --tokens, or mend the line that the message names.");

    private readonly ILookup<string, int> _ids = pieces.Where(p => p.Value.Length > 0).ToLookup(
        p => p.Value, p => p.Key);

    /// <summary>Reads the pieces that lie beside a model; null when none do.</summary>
    /// <exception cref="TrnException">TRN1421: a line is not understood.</exception>
    public static Vocabulary? Beside(string modelPath)
    {
        var path = Path.ChangeExtension(modelPath, ".partial_vocab.tsv");
        return File.Exists(path) ? Parse(File.ReadAllText(path, Encoding.UTF8), path) : null;
    }

    /// <summary>Reads lines of id, tab, JSON string; those that start with # are remarks.</summary>
    /// <exception cref="TrnException">TRN1421: a line is not understood.</exception>
    public static Vocabulary Parse(string text, string file)
    {
        var pieces = new Dictionary<int, string>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#') continue;
            if (!TryRead(line, out var id, out var piece) || !pieces.TryAdd(id, piece))
                throw Bad($"\"{line}\" is not a new id, a tab and a JSON string", new SourceSpan(file, i + 1));
        }

        return new Vocabulary(pieces);
    }

    /// <summary>The text of tokens; one without a known piece is written as its number in angle brackets.</summary>
    public string Decode(IEnumerable<int> tokens) => string.Concat(
        tokens.Select(
            t => pieces.TryGetValue(t, out var piece) ? piece : string.Create(CultureInfo.InvariantCulture, $"<{t}>")));

    /// <summary>The tokens of a text, at each place the longest piece that fits.</summary>
    /// <exception cref="TrnException">TRN1421: no piece fits.</exception>
    public IReadOnlyList<int> Encode(string text)
    {
        var tokens = new List<int>();
        var longest = pieces.Values.Max(p => p.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(longest, text.Length - at);
            while (length > 0 && !_ids.Contains(text.Substring(at, length))) length--;
            if (length == 0) throw Bad($"no piece of the vocabulary starts \"{text[at..]}\"", SourceSpan.None);
            tokens.Add(_ids[text.Substring(at, length)].Min());
            at += length;
        }

        return tokens;
    }

    private static bool TryRead(string line, out int id, out string piece)
    {
        (id, piece) = (0, "");
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0 || !int.TryParse(
            line.AsSpan(0, tab), NumberStyles.None, CultureInfo.InvariantCulture, out id)) return false;
        try
        {
            piece = JsonSerializer.Deserialize<string>(line.AsSpan(tab + 1)) ?? "";
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TrnException Bad(string message, SourceSpan where) =>
        new(FailureKind.BadInput, Diagnostic.Error(BadText, message, where));
}
