namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// a / b of fp32, rounded once as IEEE 754 has it, for every two fp32 numbers. The chip has 1 / b alone; times a that
/// is rounded twice, and only estimates n, the result's significand, a whole number up to 2^24. What is left of a is
/// exact in integers of GpSimd: they count modulo 2^32, so that of the 49 bits of a, in the digits of n b, those above
/// are not needed. The estimate is of n / 2, within 1.5; what it leaves, below 2^28, is divided again, which leaves at
/// most a half (and 2^-20): n, even by then, is right or one off. What is left now has 24 bits besides zeros, and is
/// compared with b / 2; a tie keeps the even n.
/// <para>
/// A result below 2^-126 has fewer digits: a is divided by as many powers of two first (by 2^25 where nothing remains),
/// so that this rounding is the only one. If a or b is itself that small, both are multiplied by 2^24; where that makes
/// the other one infinite, the quotient is 0 or infinite anyway. NaN and infinities are those of the estimate.
/// </para>
/// </summary>
internal sealed class Quotient
{
    /// <summary>The place of the exponent in the bits of fp32: one more doubles the number.</summary>
    private const double Octave = 1 << 23;

    /// <summary>The bits of infinity, which are those of the exponent.</summary>
    private const double Exponent = 0x7f800000;

    private const double One = 0x3f800000;
    private const double Sign = 0x80000000;
    private const double Bias = 127;

    /// <summary>From here on a number has all of its 24 digits.</summary>
    private static readonly double Normal = Math.ScaleB(1, -126);

    private readonly ElementTile _t;

    private Quotient(ElementTile t) => _t = t;

    /// <summary>Records result = a / b of fp32.</summary>
    public static void Exact(ElementTile t) => new Quotient(t).Divide();

    /// <summary>
    /// Records result = a / b of narrower floats as a times 1 / b, which is within 2^-22 of it before it is rounded to
    /// their 11 digits at most: not half a unit off but half and 1/1024. 1 / b needs b from 2^-126 on.
    /// </summary>
    public static void Narrow(ElementTile t)
    {
        var (a, b) = (t.X, t.Operands[1]);
        if (t.Result.DType is DType.Bf16 or DType.Tf32)
        {
            var (factor, larger, divisor) = (t.New("factor"), t.New("larger"), t.New("divisor"));
            t.Scalar(factor, b, AluOp.Abs, 0, AluOp.Less, Normal);
            t.Scalar(factor, factor, AluOp.Multiply, 1 << 24, AluOp.Maximum, 1);
            t.Pair(larger, a, AluOp.Multiply, factor);
            t.Pair(divisor, b, AluOp.Multiply, factor);
            (a, b) = (larger, divisor);
        }

        var inverse = t.New("inverse");
        t.K.Issue(new Reciprocal(inverse, b));
        t.Pair(t.Result, a, AluOp.Multiply, inverse);
    }

    private void Divide()
    {
        var (sign, a, b) = (_t.New("sign"), Magnitude(_t.X), Magnitude(_t.Operands[1]));
        _t.Pair(Bits(sign), Bits(_t.X), AluOp.BitwiseXor, Bits(_t.Operands[1]));
        _t.Scalar(Bits(sign), Bits(sign), AluOp.BitwiseAnd, Sign, AluOp.BitwiseOr, One);
        Enlarge(a, b);
        var (exponent, inverse, estimate) = (_t.New("exponent"), _t.New("inverse"), _t.New("estimate"));
        var (ofA, ofB) = (Normalise(a), Normalise(b));
        _t.Fused(exponent, ofB.As(DType.Int32), AluOp.Add, Bias * Octave, AluOp.Subtract, ofA.As(DType.Int32));
        _t.K.Issue(new Reciprocal(inverse, b));
        _t.Pair(estimate, a, AluOp.Multiply, inverse);
        var isBelow = _t.New("is_below");
        _t.Pair(isBelow, a, AluOp.Less, b);
        _t.Fused(a, isBelow, AluOp.Add, 1, AluOp.Multiply, a);
        _t.Fused(exponent, isBelow, AluOp.Multiply, -Octave, AluOp.Add, exponent);
        var quotient = Scaled(Significand(a, b, inverse, exponent), exponent);
        var isSpecial = _t.New("is_special", DType.UInt8);
        _t.Scalar(isSpecial, estimate, AluOp.Multiply, 0, AluOp.NotEqual);
        _t.Choose(quotient, isSpecial, estimate);
        _t.Pair(_t.Result, quotient, AluOp.Multiply, sign);
    }

    private TensorView Magnitude(TensorView x)
    {
        var magnitude = _t.New("magnitude");
        _t.Scalar(Bits(magnitude), Bits(x), AluOp.BitwiseAnd, Sign - 1);
        return magnitude;
    }

    /// <summary>Times 2^24, both or neither.</summary>
    private void Enlarge(TensorView a, TensorView b)
    {
        var factor = _t.New("factor");
        _t.Pair(factor, a, AluOp.Minimum, b);
        _t.Scalar(factor, factor, AluOp.Less, Normal, AluOp.Multiply, 1 << 24);
        _t.Fused(a, factor, AluOp.Maximum, 1, AluOp.Multiply, a);
        _t.Fused(b, factor, AluOp.Maximum, 1, AluOp.Multiply, b);
    }

    /// <summary>
    /// x times the power of two that makes it 2 to 4; zeros, infinities and NaN stay. Gives 255 less x's exponent, in
    /// its place: the bits of that power.
    /// </summary>
    private TensorView Normalise(TensorView x)
    {
        var (power, factor) = (_t.New("power"), _t.New("factor"));
        _t.Scalar(Bits(power), Bits(x), AluOp.BitwiseAnd, Exponent, AluOp.BitwiseXor, Exponent);
        _t.Scalar(
            factor.As(DType.Int32), power.As(DType.Int32), AluOp.Maximum, Octave, AluOp.Minimum, 2 * Bias * Octave);
        _t.Pair(x, x, AluOp.Multiply, factor);
        return power;
    }

    /// <summary>
    /// The whole number nearest to a / b 2^23, ties to even, where a / b is 1 to 2; divided by two for each step that
    /// the exponent lies below 1.
    /// </summary>
    private TensorView Significand(TensorView a, TensorView b, TensorView inverse, TensorView exponent)
    {
        var down = _t.New("down");
        _t.Scalar(down, exponent, AluOp.Subtract, Octave, AluOp.Minimum, 0);
        _t.Scalar(down.As(DType.Int32), down, AluOp.Maximum, -25 * Octave, AluOp.Add, One);

        // a 2^47 = (n / 2) (b 2^25) + rest, all of them whole.
        var (rest, divisor) = (Word(a, 1 << 22), Word(b, 1 << 25));
        _t.Pair(rest, rest, AluOp.Multiply, Word(down, 1 << 25));
        _t.Pair(a, a, AluOp.Multiply, down);
        var (half, more) = (_t.New("half", DType.Int32), _t.New("more", DType.Int32));
        _t.Fused(half, a, AluOp.Multiply, 1 << 22, AluOp.Multiply, inverse);
        TakeOff(rest, half, divisor);
        _t.Fused(more, rest, AluOp.Multiply, 1.0 / (1 << 25), AluOp.Multiply, inverse);
        TakeOff(rest, more, divisor);
        var (n, above, below) = (_t.New("n"), _t.New("above"), _t.New("below"));
        _t.Pair(n, half, AluOp.Add, more);
        _t.Fused(above, rest, AluOp.Multiply, 1 / Octave, AluOp.Greater, b);
        _t.Fused(below, rest, AluOp.Multiply, -1 / Octave, AluOp.Greater, b);
        _t.Fused(n, n, AluOp.Multiply, 2, AluOp.Add, above);
        _t.Pair(n, n, AluOp.Subtract, below);
        return n;
    }

    /// <summary>n 2^(exponent - 150), exactly; the exponent is 1 at least, and from 255 on that is infinite.</summary>
    private TensorView Scaled(TensorView n, TensorView exponent)
    {
        var power = _t.New("power");
        _t.Scalar(power.As(DType.Int32), exponent, AluOp.Maximum, Octave, AluOp.Minimum, Exponent);
        _t.Fused(n, n, AluOp.Multiply, 1 / Octave, AluOp.Multiply, power);
        return n;
    }

    /// <summary>rest = rest - times divisor, modulo 2^32.</summary>
    private void TakeOff(TensorView rest, TensorView times, TensorView divisor)
    {
        var product = _t.New("product", DType.Int32);
        _t.Pair(product, times, AluOp.Multiply, divisor);
        _t.Pair(rest, rest, AluOp.Subtract, product);
    }

    private TensorView Word(TensorView x, double scale)
    {
        var word = _t.New("word", DType.Int32);
        _t.Scalar(word, x, AluOp.Multiply, scale);
        return word;
    }

    private static TensorView Bits(TensorView x) => x.As(DType.UInt32);
}
