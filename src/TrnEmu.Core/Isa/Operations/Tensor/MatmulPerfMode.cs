namespace TrnEmu.Core.Isa.Operations.Tensor;

/// <summary>How many terms of a sum a cell of the array multiplies at once. Source: nki.isa.matmul_perf_mode.</summary>
public enum MatmulPerfMode : byte
{
    /// <summary>One.</summary>
    None,

    /// <summary>Two fp8 terms, from generation 3: operands are [K, 2, M] and [K, 2, N].</summary>
    DoubleRow,
}
