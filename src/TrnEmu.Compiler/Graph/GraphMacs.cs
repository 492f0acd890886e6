namespace TrnEmu.Compiler.Graph;

/// <summary>Counts the multiply-adds of matrix products that a graph needs.</summary>
public static class GraphMacs
{
    /// <summary>Multiply-adds of one run, caches being full: T * I * O for each product x[T,I] @ w[I,O].</summary>
    public static long Of(ModelGraph graph)
    {
        var types = graph.Tensors.ToDictionary(t => t.Name, t => t.Type);
        return graph.Nodes.Sum(
            n => GraphOp.All[n.Op] is var op ? op.Body.Macs(new GraphCall(n, op, name => types[name])) : 0);
    }
}
