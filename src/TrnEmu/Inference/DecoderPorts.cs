using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Inference;

/// <summary>
/// The inputs and outputs of an ONNX model that continues tokens, found by the names that exporters give: input_ids,
/// position_ids, attention_mask, and for each past the present that it becomes.
/// </summary>
/// <param name="declared">Inputs of the file.</param>
/// <param name="outputs">Names of its outputs.</param>
internal sealed class DecoderPorts(IReadOnlyList<DeclaredInput> declared, IReadOnlyList<string> outputs)
{
    private const string Ids = "input_ids", Positions = "position_ids", Mask = "attention_mask";

    /// <summary>The output with a number for each token.</summary>
    public string Logits => outputs.Contains("logits") ? "logits" : outputs[0];

    /// <summary>Inputs that hold keys and values of earlier tokens, with the outputs that hold them after the run.</summary>
    public IReadOnlyList<(DeclaredInput Past, string Present)> Caches { get; } =
    [
        .. declared.Where(d => d.Name.StartsWith("past", StringComparison.Ordinal))
            .Select(d => (d, PresentOf(d.Name, outputs))).Where(c => c.Item2.Length > 0),
    ];

    /// <summary>True for a model that takes tokens.</summary>
    public static bool TakesTokens(IReadOnlyList<DeclaredInput> declared) =>
        declared.Any(d => d is { Name: Ids, Extents.Count: 2 });

    /// <summary>The inputs of a step.</summary>
    /// <param name="tokens">Tokens that are new.</param>
    /// <param name="before">How many came before.</param>
    /// <param name="caches">Keys and values of those, by the names of the inputs; none at first.</param>
    public Dictionary<string, Values> Inputs(
        IReadOnlyList<int> tokens, int before, IReadOnlyDictionary<string, Values> caches)
    {
        var inputs = new Dictionary<string, Values>();
        foreach (var port in declared)
        {
            inputs[port.Name] = port.Name switch
            {
                Ids => Row([.. tokens.Select(t => (double)t)]),
                Positions => Row([.. tokens.Select((_, i) => (double)(before + i))]),
                Mask => Row([.. Enumerable.Repeat(1.0, before + tokens.Count)]),
                _ when caches.TryGetValue(port.Name, out var past) => past,
                _ when Caches.Any(c => c.Past == port) => Empty(port),
                _ => Row(new double[tokens.Count]),
            };
        }

        return inputs;
    }

    private static Values Row(double[] values) => new([1, values.Length], values);

    /// <summary>No positions: what the file leaves open is the batch, 1, or positions, 0, in this order.</summary>
    private static Values Empty(DeclaredInput port)
    {
        var open = 0;
        var shape = port.Extents!.Select(e => e ?? (open++ == 0 ? 1 : 0)).ToArray();
        return new Values(shape, new double[shape.Aggregate(1, (n, e) => n * e)]);
    }

    private static string PresentOf(string past, IReadOnlyList<string> outputs) =>
        outputs.FirstOrDefault(o => o == past.Replace("past_key_values", "present", StringComparison.Ordinal))
        ?? outputs.FirstOrDefault(o => o == past.Replace("past", "present", StringComparison.Ordinal)) ?? "";
}
