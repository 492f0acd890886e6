namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>The node tests that are refused, and why.</summary>
internal static class NodeSuiteRefusals
{
    private static readonly (string Prefix, string Reason)[] All =
    [
        ("test_flexattention", "FlexAttention is a preview operation whose scores are changed by a graph of the model's own"),
        ("test_linear_attention", "LinearAttention, and Scan that it expands to, carry a state from step to step: loops"),
        ("test_range_bfloat16_type_positive_delta_expanded", "Loop: Range itself is computed on the host"),
        ("test_range_float16_type_positive_delta_expanded", "Loop"),
        ("test_range_int32_type_negative_delta_expanded", "Loop"),
    ];

    /// <summary>True when the test is expected to be refused.</summary>
    public static bool Has(string test) => All.Any(r => test.StartsWith(r.Prefix, StringComparison.Ordinal));
}
