using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Inference;

/// <summary>How far the outputs of a model may be from the fp64 reference on the same inputs.</summary>
internal static class ModelTolerance
{
    /// <summary>
    /// So many nodes are counted at least: in small models too, norms of small values and attention that is nearly a tie
    /// make an error larger than it came in.
    /// </summary>
    private const int LeastDepth = 64;

    private static readonly string[] Narrowing = ["linear_mx", "quantize"];

    /// <summary>
    /// Bound on |output - reference|, relative to the largest |reference| of the output: that of one kernel
    /// (<see cref="Tolerance"/>, by the coarsest type that a node rounds to) times the square root of the nodes
    /// on the longest way from an input to an output. Each rounds once; roundings are independent, so that d of them
    /// add up like a random walk, and norms keep values at the size that they have. A wrong operation is wrong by the
    /// order of the outputs themselves. Where activations become 8 bits, <see cref="Narrow"/> takes the place of the
    /// kernel's bound.
    /// </summary>
    /// <remarks>
    /// Measured on trn2, over the bound: bf16 0.005 / 0.03 (stories260K, 256 tokens), 0.013 / 0.03 (the built-in model,
    /// 40 inputs), 0.021 / 0.04 (a vision transformer, 242 pictures), 0.0076 / 0.04 (a tiny GPT-2); fp32 1.3e-6 / 1e-4.
    /// </remarks>
    public static double Of(ModelGraph graph)
    {
        if (Narrow(graph) is { } narrow) return narrow * Math.Sqrt(Math.Max(1, Depth(graph)));
        return Tolerance.Of(Coarsest(graph)) * Math.Sqrt(Math.Max(LeastDepth, Depth(graph)));
    }

    /// <summary>
    /// The bound of a kernel after which activations become 8 bits, whatever its type; null for models where none do.
    /// Where two numbers that differ by d, relative, lie on two sides of a tie of numbers that are s apart, they end s
    /// apart. That happens to one pair in s / d, so that the mean square of differences grows from d^2 to d s, in the
    /// next layer to d^(1/2) s^(3/2), and soon to s^2: one early tie decides whether a run and its reference round
    /// alike at all, be it in fp32. s is 2^-4 for e4m3, twice that for e5m2; half of it is the error of a rounding.
    /// </summary>
    /// <remarks>
    /// Measured, over the bound: stories260K, 256 tokens, up to 0.14 / 0.25 with mxfp8, mxfp4 and fp8_e4m3, in bf16 as
    /// in fp16, 0.05 / 0.25 in fp32 where a tie falls to the other side and 1e-6 where none does; 0.25 / 0.5 with
    /// fp8_e5m2.
    /// </remarks>
    private static double? Narrow(ModelGraph graph)
    {
        var isCoarse = graph.Nodes.Any(n => n.Op == "quantize" && n.Attributes.Contains(new("dtype", "fp8_e5m2")));
        if (isCoarse) return 1.0 / (1 << 4);
        return graph.Nodes.Any(n => Narrowing.Contains(n.Op)) ? 1.0 / (1 << 5) : null;
    }

    /// <summary>Of the float types that nodes round to.</summary>
    private static DType Coarsest(ModelGraph graph) => graph.Tensors
        .Where(t => t.Role is GraphRole.Internal or GraphRole.Output && t.Type.DType.IsFloat())
        .Select(t => t.Type.DType).Append(DType.Fp32).MaxBy(d => Tolerance.Of(d));

    /// <summary>Nodes on the longest way, those that only rename left out.</summary>
    private static int Depth(ModelGraph graph)
    {
        var depths = new Dictionary<string, int>();
        foreach (var node in graph.Nodes)
        {
            var before = node.Inputs.Select(i => depths.GetValueOrDefault(i)).DefaultIfEmpty().Max();
            depths[node.Outputs[0]] = before + (GraphOp.All[node.Op].Body.IsAlias ? 0 : 1);
        }

        return depths.Values.DefaultIfEmpty().Max();
    }
}
