using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Inference;

/// <summary>How far the outputs of a model may be from the fp64 reference on the same inputs.</summary>
internal static class ModelTolerance
{
    /// <summary>Norms of small values, and attention that is nearly a tie, make an error larger than it came in.</summary>
    private const double Amplification = 2;

    private static readonly string[] Narrowing = ["linear_mx", "quantize"];

    /// <summary>
    /// Bound on |output - reference|, relative to the largest |reference| of the output: that of one kernel
    /// (<see cref="Tolerance"/>, by the coarsest type that a node rounds to) times twice the square root of the nodes on
    /// the longest way from an input to an output. Each rounds once; roundings are independent, so that d of them add up
    /// like a random walk, and norms keep values at the size that they have. A wrong operation is wrong by the order of
    /// the outputs themselves. Where activations become 8 bits, <see cref="Narrow"/> takes the place of the kernel's bound
    /// and of the two.
    /// </summary>
    /// <remarks>
    /// Measured on trn2, over the bound: bf16 0.005 / 0.05 (stories260K, 256 tokens), 0.013 / 0.03 (the built-in model, 40
    /// inputs), 0.021 / 0.08 (a vision transformer, 242 pictures), 0.0076 / 0.09 (a tiny GPT-2); fp32 1e-6 / 2e-4.
    /// </remarks>
    public static double Of(ModelGraph graph)
    {
        var dtype = Coarsest(graph);
        return Math.Sqrt(Math.Max(1, Depth(graph))) * (Narrow(dtype, graph) ?? Amplification * Tolerance.Of(dtype));
    }

    /// <summary>
    /// The bound of a kernel after which activations become 8 bits; null for models where none do. Where two numbers that
    /// differ by d, relative, lie on two sides of a tie of numbers that are s apart, they end s apart. That happens to one
    /// pair in s / d, so that the mean square of differences grows from d^2 to d s. s is 2^-4 for e4m3, and twice that for
    /// a block whose scale falls to another power of two; for e5m2 twice as much.
    /// </summary>
    /// <param name="dtype">Type of what is rounded, d apart from the reference.</param>
    /// <param name="graph">The model.</param>
    private static double? Narrow(DType dtype, ModelGraph graph)
    {
        var isCoarse = graph.Nodes.Any(n => n.Op == "quantize" && n.Attributes.Contains(new("dtype", "fp8_e5m2")));
        if (!isCoarse && graph.Nodes.All(n => !Narrowing.Contains(n.Op))) return null;
        return (isCoarse ? 2 : 1) * dtype switch
        {
            // sqrt(d s) is 2^-14, which is a mean: one element of a sum that falls to the other side is enough.
            DType.Fp32 => 1.0 / (1 << 8),

            // d is 2^-11, sqrt(d s) 2^-7.5.
            DType.Fp16 => 1.0 / (1 << 6),

            // d is 2^-8, sqrt(d s) 2^-6.
            _ => 1.0 / (1 << 5),
        };
    }

    /// <summary>Of the float types that nodes round to, those left out that are there to be narrow.</summary>
    private static DType Coarsest(ModelGraph graph)
    {
        var narrow = graph.Nodes.Where(n => Narrowing.Contains(n.Op)).Select(n => n.Outputs[0]).ToHashSet();
        return graph.Tensors
            .Where(t => t.Role is GraphRole.Internal or GraphRole.Output && t.Type.DType.IsFloat() && !narrow.Contains(t.Name))
            .Select(t => t.Type.DType).Append(DType.Fp32).MaxBy(d => Tolerance.Of(d));
    }

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
