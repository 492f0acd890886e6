using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Inference;

/// <summary>How far the outputs of a model may be from the fp64 reference on the same inputs.</summary>
internal static class ModelTolerance
{
    /// <summary>Norms of small values, and attention that is nearly a tie, make an error larger than it came in.</summary>
    private const double Amplification = 2;

    /// <summary>
    /// Bound on |output - reference|, relative to the largest |reference| of the output: that of one kernel
    /// (<see cref="Tolerance"/>, by the coarsest type that a node rounds to) times twice the square root of the nodes on
    /// the longest way from an input to an output. Each rounds once; roundings are independent, so that d of them add up
    /// like a random walk, and norms keep values at the size that they have. A wrong operation is wrong by the order of
    /// the outputs themselves.
    /// </summary>
    /// <remarks>
    /// Measured on trn2, over the bound: bf16 0.005 / 0.05 (stories260K, 256 tokens), 0.013 / 0.03 (the built-in model, 40
    /// inputs), 0.021 / 0.08 (a vision transformer, 242 pictures), 0.0076 / 0.09 (a tiny GPT-2); fp32 1e-6 / 2e-4.
    /// </remarks>
    public static double Of(ModelGraph graph) =>
        Amplification * Math.Sqrt(Math.Max(1, Depth(graph))) * Math.Max(Tolerance.Of(DType.Fp32), Coarsest(graph));

    private static double Coarsest(ModelGraph graph) =>
        graph.Tensors.Where(t => t.Role is GraphRole.Internal or GraphRole.Output && t.Type.DType.IsFloat())
            .Select(t => Tolerance.Of(t.Type.DType)).DefaultIfEmpty().Max();

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
