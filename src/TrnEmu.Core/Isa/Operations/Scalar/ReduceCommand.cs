namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// What an activation does with the Scalar engine's accumulate registers. Source: nki.isa.reduce_cmd.
/// </summary>
public enum ReduceCommand : byte
{
    /// <summary>They keep their values.</summary>
    Idle,

    /// <summary>They become 0; the results are not added.</summary>
    Reset,

    /// <summary>register[p] += sum over the free elements of partition p.</summary>
    Reduce,

    /// <summary>register[p] = sum over the free elements of partition p.</summary>
    ResetReduce,
}
