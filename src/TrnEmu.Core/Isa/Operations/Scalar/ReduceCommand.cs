namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// What an operation does with its engine's accumulate registers: Scalar's hold sums, Vector's what its reduce_op makes
/// of the results. Source: nki.isa.reduce_cmd.
/// </summary>
public enum ReduceCommand : byte
{
    /// <summary>Scalar's keep their values; Vector's are undefined afterwards.</summary>
    Idle,

    /// <summary>They become 0, or the identity of Vector's reduce_op; the results are not taken.</summary>
    Reset,

    /// <summary>They take the results of the free elements of their partition, on top of what they hold.</summary>
    Reduce,

    /// <summary>First reset, then reduce.</summary>
    ResetReduce,

    /// <summary>First load a value for each partition, then reduce; Vector only.</summary>
    LoadReduce,
}
