namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Activation functions that have parameters or a bias.</summary>
internal static class ActivationOps
{
    [OnnxOp("LeakyRelu")]
    private static void LeakyRelu(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        n.Make(e.Where(e.Binary("less", x, e.Like(x, 0)), e.Scaled(x, n.Number("alpha", 0.01f)), x));
    }

    [OnnxOp("HardSigmoid")]
    private static void HardSigmoid(OnnxNode n)
    {
        var (e, x) = (n.Emit, n[0]);
        var line = e.Sum(e.Scaled(x, n.Number("alpha", 0.2f)), e.Like(x, n.Number("beta", 0.5)));
        n.Make(e.Binary("min", e.Binary("max", line, e.Like(x, 0)), e.Like(x, 1)));
    }

    [OnnxOp("Swish")]
    private static void Swish(OnnxNode n) => n.Make(Gated(n, n[0], n.Number("alpha", 1)));

    [OnnxOp("QuickGelu", Domain = OnnxOpAttribute.Microsoft)]
    private static void QuickGelu(OnnxNode n) => n.Make(Gated(n, n[0], n.Number("alpha", 1.702f)));

    [OnnxOp("Gelu")]
    private static void Gelu(OnnxNode n) =>
        n.Make(n.Emit.Unary(n.Word("approximate", "none") == "tanh" ? "gelu_tanh" : "gelu", n[0]));

    [OnnxOp("Gelu", Domain = OnnxOpAttribute.Microsoft)]
    [OnnxOp("BiasGelu", Domain = OnnxOpAttribute.Microsoft)]
    private static void BiasGelu(OnnxNode n) => n.Make(n.Emit.Unary("gelu", Biased(n)));

    [OnnxOp("FastGelu", Domain = OnnxOpAttribute.Microsoft)]
    private static void FastGelu(OnnxNode n) => n.Make(n.Emit.Unary("gelu_tanh", Biased(n)));

    private static Value Biased(OnnxNode n) => n.Find(1) is { } bias ? n.Emit.Sum(n[0], bias) : n[0];

    private static Value Gated(OnnxNode n, Value x, double alpha) => alpha == 1
        ? n.Emit.Unary("silu", x)
        : n.Emit.Product(x, n.Emit.Unary("sigmoid", n.Emit.Scaled(x, alpha)));
}
