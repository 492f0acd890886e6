namespace TrnEmu.Kernels.TopElements;

/// <summary>
/// The order of the first elements of rows by size: uint32 [P, count], equal ones by place. The search for eight at a
/// time compares in fp32 and overwrites what it has found with -inf, so each dtype needs keys that fp32 holds and that
/// are above -inf.
/// </summary>
internal static class Ranking
{
    private const int DigitBits = 16;
    private const double DigitMask = (1 << DigitBits) - 1;
    private const double SignBit = 1u << 31;

    /// <summary>The order of values [P, n].</summary>
    public static TensorView Of(KernelBuilder k, TensorView values, int count, bool isLargest) => values.DType switch
    {
        DType.Int32 or DType.UInt32 => OfWords(k, values, count, isLargest),
        DType.Fp32 => OfSingles(k, values, count, isLargest),
        _ => Eights.Rank(k, AboveInfinity(k, Keys(k, values, isLargest)), count),
    };

    /// <summary>
    /// Two digits that fp32 holds: the order by the lower one, then of that by the upper one, which keeps the order of
    /// equal ones.
    /// </summary>
    private static TensorView OfWords(KernelBuilder k, TensorView words, int count, bool isLargest)
    {
        var (low, high) = (New(k, "low", DType.UInt32, words), New(k, "high", DType.UInt32, words));
        var bits = words.As(DType.UInt32);
        k.Issue(new TensorScalar(low, bits, AluOp.BitwiseAnd, DigitMask));
        if (words.DType == DType.Int32)
            k.Issue(new TensorScalar(high, bits, AluOp.BitwiseXor, SignBit, Op1: AluOp.RightShift, Operand1: DigitBits));
        else
            k.Issue(new TensorScalar(high, bits, AluOp.RightShift, DigitBits));
        var byLow = Eights.Rank(k, Keys(k, low, isLargest), words.Shape[1]);
        var inThatOrder = Gather(k, high, byLow);
        return Gather(k, byLow, Eights.Rank(k, Keys(k, inThatOrder, isLargest), count));
    }

    /// <summary>
    /// Of fp32 only -inf is not above -inf. All others are found first, c in a row. A second search names the first c
    /// of those, then the places of -inf: it looks for ones in [j &lt; c | x = -inf].
    /// </summary>
    private static TensorView OfSingles(KernelBuilder k, TensorView values, int count, bool isLargest)
    {
        var keys = Keys(k, values, isLargest);
        var (rows, columns) = (keys.Shape[0], keys.Shape[1]);
        var isFound = k.Sbuf("is_found", DType.Fp32, [rows, count + columns]);
        var (isAbove, above) = (New(k, "is_above", DType.Fp32, keys), k.Sbuf("above", DType.Fp32, [rows, 1]));
        k.Issue(new TensorScalar(isAbove, keys, AluOp.Greater, double.NegativeInfinity));
        k.Issue(new TensorReduce(above, AluOp.Add, isAbove, Axis: [-1]));
        k.Issue(new TensorScalar(isFound[.., count..], isAbove, AluOp.Equal, 0));
        k.Issue(new Iota(isFound[.., ..count], [new AffineLevel(1, count)]));
        k.Issue(new TensorScalar(isFound[.., ..count], isFound[.., ..count], AluOp.Less, above));

        var places = k.Sbuf("table", DType.UInt32, [rows, count + columns]);
        k.Issue(new TensorCopy(places[.., ..count], Eights.Rank(k, keys, count)));
        k.Issue(new Iota(places[.., count..], [new AffineLevel(1, columns)]));
        return Gather(k, places, Eights.Rank(k, isFound, count));
    }

    /// <summary>Values in fp32, NaN as +inf, negated where the smallest are looked for.</summary>
    private static TensorView Keys(KernelBuilder k, TensorView values, bool isLargest)
    {
        var keys = New(k, "keys", DType.Fp32, values);
        k.Issue(new TensorCopy(keys, values));
        if (values.DType.IsFloat())
        {
            var isNumber = New(k, "is_number", DType.UInt8, values);
            k.Issue(new TensorTensor(isNumber, values, values, AluOp.Equal));
            k.Issue(new TensorCopyPredicated(keys, double.PositiveInfinity, isNumber, ReversePred: true));
        }

        if (!isLargest) k.Issue(new TensorScalar(keys, keys, AluOp.Multiply, -1));
        return keys;
    }

    /// <summary>Keys of a narrower dtype, of which none but -inf is as low as the lowest fp32.</summary>
    private static TensorView AboveInfinity(KernelBuilder k, TensorView keys)
    {
        k.Issue(new TensorScalar(keys, keys, AluOp.Maximum, float.MinValue));
        return keys;
    }

    private static TensorView Gather(KernelBuilder k, TensorView table, TensorView places)
    {
        var picked = k.Sbuf("picked", table.DType, places.Shape);
        k.Issue(new NcNGather(picked, table, places));
        return picked;
    }

    private static TensorView New(KernelBuilder k, string name, DType dtype, TensorView like) =>
        k.Sbuf(name, dtype, like.Shape);
}
