namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>What the cells of the systolic array do with the elements that pass them.</summary>
internal enum ArrayMode
{
    /// <summary>Multiply and add one pair at a time.</summary>
    Multiply,

    /// <summary>Pass bits on.</summary>
    Transpose,

    /// <summary>Multiply and add two pairs of fp8 at a time.</summary>
    DoubleRow,

    /// <summary>Multiply and add four pairs of packed elements at a time.</summary>
    QuadRow,
}
