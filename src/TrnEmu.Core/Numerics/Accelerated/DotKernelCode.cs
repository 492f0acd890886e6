using static TrnEmu.Core.Numerics.Accelerated.GeneralRegister;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Machine code of the micro-kernel on pairs of bf16: for r &lt; rows, n &lt; 64 <c>s = 0; for p ascending: s =
/// fma(high(a[p, r]), high(b[p, n]), s); s = fma(low(a[p, r]), low(b[p, n]), s); c[r, n] = s</c> or <c>c[r, n] + s</c>,
/// a NaN as 0x7fc00000. a[p, r] is 32 bits at p * lda + 4 * r, b[p, n] at 4 * (p * 64 + n), c[r, n] at r * ldc + 4 * n,
/// in bytes. Called as code(pairs, a, lda, b, c, ldc) of the System V calling convention.
/// </summary>
internal static class DotKernelCode
{
    private const GeneralRegister Pairs = Rdi, A = Rsi, Lda = Rdx, B = Rcx, C = R8, Ldc = R9;
    private const int Vectors = 4;
    private const int FirstOfB = 24, Factor = 28, Quiet = 29, Mask = 1;

    /// <summary>Code for six rows or four: 24 or 16 sums, 4 vectors of b and one broadcast.</summary>
    public static void Emit(X64Writer x, int rows, bool accumulate)
    {
        for (var i = 0; i < rows * Vectors; i++) x.Zero(i);
        Loop(x, rows);
        x.MoveToEax(0x7fc00000);
        x.Broadcast(Quiet, Rax);
        for (var r = 0; r < rows; r++)
        {
            for (var i = 0; i < Vectors; i++) StoreSums(x, r * Vectors + i, i, accumulate);
            x.Add(C, Ldc);
        }

        x.Return();
    }

    private static void Loop(X64Writer x, int rows)
    {
        var start = x.Length;
        for (var i = 0; i < Vectors; i++) x.Load(FirstOfB + i, B, i);
        for (var r = 0; r < rows; r++)
        {
            x.Broadcast(Factor, A, r);
            for (var i = 0; i < Vectors; i++) x.DotBf16(r * Vectors + i, Factor, FirstOfB + i);
        }

        x.Add(A, Lda);
        x.Add(B, 64 * sizeof(uint));
        x.Repeat(Pairs, start);
    }

    private static void StoreSums(X64Writer x, int sums, int index, bool accumulate)
    {
        if (accumulate) x.Add(sums, C, index);
        x.FindNaN(Mask, sums);
        x.MoveWhere(Mask, sums, Quiet);
        x.Store(C, index, sums);
    }
}
