using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Inference;

/// <summary>How far the outputs of a model may be from the fp64 reference on the same inputs.</summary>
internal static class ModelTolerance
{
    /// <summary>
    /// Bound on |output - reference|, relative to the largest |reference| of the output: that of one kernel
    /// (<see cref="Tolerance"/>) times the square root of the nodes on the longest way from an input to an output. Each
    /// node rounds once; roundings are independent, so that d of them add up like a random walk, and norms keep values
    /// at the size that they have.
    /// </summary>
    public static double Of(DType dtype, ModelGraph graph) => Tolerance.Of(dtype) * Math.Sqrt(Math.Max(1, Depth(graph)));

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
