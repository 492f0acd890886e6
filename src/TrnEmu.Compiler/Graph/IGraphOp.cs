namespace TrnEmu.Compiler.Graph;

/// <summary>The meaning of an operation of graphs: what it demands of its operands, and what it computes in
/// fp64.</summary>
public interface IGraphOp
{
    /// <summary>
    /// Checks the operands with <see cref="GraphCall.Require"/> and returns the type of the result. Of an operation
    /// that updates a cache: the type of the cache.
    /// </summary>
    /// <returns>The type, or null when a rule is broken.</returns>
    TensorType? Infer(GraphCall call);

    /// <summary>Computes the result by plain loops; it is all zero before, or the cache as it was.</summary>
    void Evaluate(GraphCall call, NodeValues values);

    /// <summary>
    /// True when the result is the first operand's elements in their order, so that it needs no memory and no kernel.
    /// </summary>
    bool IsAlias => false;

    /// <summary>Multiply-adds of matrix products that the operation needs.</summary>
    long Macs(GraphCall call) => 0;
}
