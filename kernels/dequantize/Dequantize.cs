namespace TrnEmu.Kernels.Dequantize;

/// <summary>
/// Narrow weights times their scales, as they are loaded: Vector multiplies in fp32, one rounding to the result's type.
/// What it cannot read it first makes fp32 of by its bits: an exponent of 8 bits is shifted to where fp32 has it; sign,
/// exponent and mantissa of an fp4 are, and 2^126 makes up for the bias.
/// </summary>
public static class Dequantize
{
    private const int Columns = 1024;
    private const int Block = 32;
    private const int Mantissa = 23;
    private const float Fp4Unit = 8.507059173023462e37f;

    /// <summary>Records y[K, N] = w * scale.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[K, N] in HBM.</param>
    /// <param name="w">[K, N] of elements of one byte, or uint8 [K, ceil(N / 2)] of two fp4_e2m1 each.</param>
    /// <param name="scale">fp32 [1] or [N], or uint8 [ceil(K / 32), N] exponents + 127.</param>
    /// <param name="arePairs">True for bytes of two.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView w, TensorView scale, bool arePairs)
    {
        foreach (var rows in Chunk.Each(y.Shape[0], Limits.Partitions))
        {
            foreach (var columns in Chunk.Each(y.Shape[1], Columns))
            {
                var values = arePairs ? Pairs(k, w[rows], columns) : Load(k, "narrow", w[rows, columns]);
                var result = k.Sbuf("wide", y.DType, [rows.Length, columns.Length]);
                k.Issue(new TensorTensor(result, values, Scales(k, scale, rows, columns), AluOp.Multiply), Engine.Vector);
                k.Issue(new DmaCopy(y[rows, columns], result));
            }
        }
    }

    private static TensorView Load(KernelBuilder k, string name, TensorView source)
    {
        var tile = k.Sbuf(name, source.DType, source.Shape);
        k.Issue(new DmaCopy(tile, source));
        return tile;
    }

    /// <summary>The scale of each element of a tile, in fp32.</summary>
    private static TensorView Scales(KernelBuilder k, TensorView scale, Chunk rows, Chunk columns)
    {
        if (scale.DType == DType.Fp32)
        {
            var row = scale.Reshape([1, (int)scale.Elements]).Broadcast(0, rows.Length);
            return scale.Elements == 1
                ? Load(k, "scale", row).Broadcast(1, columns.Length) : Load(k, "scale", row[.., columns]);
        }

        var exponents = k.Sbuf("exponents", DType.UInt8, [rows.Length, columns.Length]);
        for (var first = 0; first < rows.Length; first += Block)
        {
            var count = Math.Min(Block, rows.Length - first);
            var block = (rows.Start + first) / Block;
            k.Issue(new DmaCopy(
                exponents[first..(first + count)], scale[block..(block + 1), columns].Broadcast(0, count)));
        }

        var bits = k.Sbuf("scale", DType.Int32, [rows.Length, columns.Length]);
        k.Issue(new TensorCopy(bits, exponents), Engine.Vector);
        k.Issue(new TensorScalar(bits, bits, AluOp.LeftShift, Mantissa), Engine.Vector);
        return bits.As(DType.Fp32);
    }

    /// <summary>Both halves of each byte as fp32, next to each other.</summary>
    private static TensorView Pairs(KernelBuilder k, TensorView w, Chunk columns)
    {
        // Chunks begin at even columns.
        var bytes = Load(k, "pairs", w[.., (columns.Start / 2)..((columns.End + 1) / 2)]);
        var (rows, count) = (bytes.Shape[0], bytes.Shape[1]);
        var pairs = k.Sbuf("pairs32", DType.Int32, [rows, count]);
        var values = k.Sbuf("values", DType.Fp32, [rows, count, 2]);
        k.Issue(new TensorCopy(pairs, bytes), Engine.Vector);
        for (var half = 0; half < 2; half++)
        {
            var magnitude = k.Sbuf("magnitude", DType.Int32, [rows, count]);
            var sign = k.Sbuf("sign", DType.Int32, [rows, count]);
            var shift = half * 4;
            k.Issue(new TensorScalar(magnitude, pairs, AluOp.BitwiseAnd, 7 << shift, Op1: AluOp.LeftShift, Operand1: Mantissa - 1 - shift), Engine.Vector);
            k.Issue(new TensorScalar(sign, pairs, AluOp.BitwiseAnd, 8 << shift, Op1: AluOp.LeftShift, Operand1: 28 - shift), Engine.Vector);
            k.Issue(new TensorTensor(magnitude, magnitude, sign, AluOp.BitwiseOr), Engine.Vector);
            k.Issue(new TensorScalar(values[.., .., half], magnitude.As(DType.Fp32), AluOp.Multiply, Fp4Unit), Engine.Vector);
        }

        return values.Reshape([rows, 2 * count])[.., ..columns.Length];
    }
}
