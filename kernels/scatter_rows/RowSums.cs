namespace TrnEmu.Kernels.ScatterRows;

/// <summary>
/// For each of up to 128 rows the sum of all rows that have its id: a product with the matrix of equal ids, whose 1 and
/// 0 change no finite value. What they would change goes another way: integers byte by byte, since fp32 holds 24 bits,
/// infinities and NaN as counts, since 0 times them is NaN.
/// </summary>
internal sealed class RowSums(KernelBuilder k, TensorView equal)
{
    /// <summary>Columns that are summed at once: a bank of PSUM.</summary>
    public const int Columns = 512;

    private const int ByteBase = 256;
    private TensorView? _ones;

    /// <summary>The sums of rows [T, n] in SBUF, fp32 or integers of 32 bits.</summary>
    public TensorView Of(TensorView rows) => rows.DType == DType.Fp32 ? OfFloats(rows) : OfIntegers(rows);

    /// <summary>Sums of at most 128 bytes each, the highest first: total = 256 total + sum, modulo 2^32.</summary>
    private TensorView OfIntegers(TensorView rows)
    {
        var bytes = rows.As(DType.UInt8).Reshape([rows.Shape[0], rows.Shape[1], sizeof(int)]);
        var (total, radix) = (New("total", rows.DType, rows), New("radix", rows.DType, rows));
        k.Issue(new Memset(total, 0));
        k.Issue(new Memset(radix, ByteBase));
        for (var place = sizeof(int) - 1; place >= 0; place--)
        {
            var (digits, part) = (New("digits", DType.Fp32, rows), New("part", rows.DType, rows));
            k.Issue(new TensorCopy(digits, bytes[.., .., place]));
            k.Issue(new TensorCopy(part, Product(digits)));
            k.Issue(new TensorTensor(total, total, radix, AluOp.Multiply));
            k.Issue(new TensorTensor(total, total, part, AluOp.Add));
        }

        return total;
    }

    private TensorView OfFloats(TensorView rows)
    {
        var above = Special(rows, AluOp.Less, double.PositiveInfinity);
        var below = Special(rows, AluOp.Greater, double.NegativeInfinity);
        var (isSpecial, finite) = (New("is_special", DType.UInt8, rows), New("finite", DType.Fp32, rows));
        k.Issue(new TensorTensor(isSpecial, above, below, AluOp.LogicalOr));
        k.Issue(new TensorCopy(finite, rows));
        k.Issue(new TensorCopyPredicated(finite, 0, isSpecial));
        var sums = New("sums", DType.Fp32, rows);
        k.Issue(new TensorTensor(sums, Product(finite), Infinite(above, double.PositiveInfinity), AluOp.Add));
        k.Issue(new TensorTensor(sums, sums, Infinite(below, double.NegativeInfinity), AluOp.Add));
        return sums;
    }

    /// <summary>1 where an element is not on this side of an infinity: where it is the infinity, or NaN.</summary>
    private TensorView Special(TensorView rows, AluOp isBefore, double infinity)
    {
        var special = New("special", DType.Fp32, rows);
        k.Issue(new TensorScalar(special, rows, isBefore, infinity, Op1: AluOp.Equal, Operand1: 0));
        return special;
    }

    /// <summary>The infinity where the id of a row has some, else 0; both infinities make NaN later.</summary>
    private TensorView Infinite(TensorView special, double infinity)
    {
        var (isAny, values) = (New("is_any", DType.UInt8, special), New("infinite", DType.Fp32, special));
        k.Issue(new TensorScalar(isAny, Product(special), AluOp.Greater, 0));
        k.Issue(new Memset(values, 0));
        k.Issue(new TensorCopyPredicated(values, infinity, isAny));
        return values;
    }

    private TensorView Product(TensorView rows)
    {
        if (_ones is null)
        {
            _ones = k.Sbuf("ones", DType.Fp32, equal.Shape);
            k.Issue(new TensorCopy(_ones, equal));
        }

        var sums = k.Psum("sums", DType.Fp32, rows.Shape);
        k.Issue(new NcMatmul(sums, _ones, rows, Accumulate: false));
        return sums;
    }

    private TensorView New(string name, DType dtype, TensorView like) => k.Sbuf(name, dtype, like.Shape);
}
