namespace TrnEmu.Kernels.Attention;

/// <summary>
/// What is added to scores: 0 where column j is visible to a token, j &lt;= position + t, and else a number so low that
/// e to that power is 0. The position is data, so columns are counted and compared with it.
/// </summary>
internal static class CausalMask
{
    private const float Hidden = -1e30f;

    /// <summary>fp32 [heads * tokens, columns] in SBUF; row h * tokens + t belongs to token start + t.</summary>
    public static TensorView Make(KernelBuilder k, TensorView position, int start, int heads, int tokens, int columns)
    {
        var rows = heads * tokens;
        var counted = k.Sbuf("counted", DType.Fp32, [1, rows]);
        var token = k.Sbuf("token", DType.Fp32, [rows, 1]);
        var first = k.Sbuf("first", DType.Fp32, [rows, 1]);
        var last = k.Sbuf("last_visible", DType.Fp32, [rows, 1]);
        var mask = k.Sbuf("mask", DType.Fp32, [rows, columns]);

        // A partition cannot know its token: rows are numbered along one partition, and the DMA spreads the numbers.
        k.Issue(new Iota(counted, [new AffineLevel(0, heads), new AffineLevel(1, tokens)], start));
        k.Issue(new DmaCopy(token, counted));
        k.Issue(new DmaCopy(first, position.Broadcast(0, rows)));
        k.Issue(new TensorTensor(last, first, token, AluOp.Add));
        k.Issue(new Iota(mask, [new AffineLevel(1, columns)]));
        k.Issue(new TensorScalar(mask, mask, AluOp.Greater, last, Op1: AluOp.Multiply, Operand1: Hidden));
        return mask;
    }
}
