namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// A micro-kernel of one vector width. Every one of them computes, for r &lt; rows (6 or 4) and n &lt; 64,
/// <c>s = 0; for k ascending: s = fma(a[k * lda + r], b[k * ldb + n], s); c[r * ldc + n] = accumulate ? c + s : s</c>
/// in fp32 with one rounding per fma and one for the sum, a NaN as 0x7fc00000: the bits do not depend on the width.
/// </summary>
internal unsafe interface IMatmulKernel
{
    /// <summary>Six rows.</summary>
    static abstract void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate);

    /// <summary>Four rows.</summary>
    static abstract void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate);
}
