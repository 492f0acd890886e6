namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// Quotient and remainder of integers, exactly, on the magnitudes as uint32. fp32 gives a quotient that is never too
/// large (it is made smaller by 2^-20 and a half before it is rounded) and at most 2^13 too small; what it leaves,
/// exact on GpSimd, is divided once more, after which at most one divisor is left, which a comparison finds.
/// </summary>
internal sealed class Division
{
    private const double Below = 1 - 1.0 / (1 << 20);
    private readonly ElementTile _t;
    private readonly TensorView _divisor;
    private readonly TensorView _quotient;
    private readonly TensorView _rest;
    private readonly (TensorView A, TensorView B)? _isNegative;

    private Division(ElementTile t)
    {
        _t = t;
        var (a, b) = (Words.Of(t, t.X), Words.Of(t, t.Operands[1]));
        _divisor = b;
        if (a.DType == DType.Int32)
        {
            var (ofA, ofB) = (IsNegative(a), IsNegative(b));
            _isNegative = (ofA, ofB);
            (a, b) = (Magnitude(a, ofA), Magnitude(b, ofB));
        }

        var inverse = t.New("inverse");
        t.K.Issue(new Reciprocal(inverse, b));
        _rest = t.New("rest", DType.UInt32);
        _quotient = Estimate(a, inverse);
        TakeOff(a, _quotient, b);
        var more = Estimate(_rest, inverse);
        TakeOff(_rest, more, b);
        Exactly(_quotient, _quotient, AluOp.Add, more);
        Exactly(more, _rest, AluOp.GreaterEqual, b);
        Exactly(_quotient, _quotient, AluOp.Add, more);
        TakeOff(_rest, more, b);
    }

    /// <summary>Divides the first operand by the second.</summary>
    public static Division Of(ElementTile t) => new(t);

    /// <summary>a / b towards zero.</summary>
    public TensorView Quotient()
    {
        if (_isNegative is not var (a, b)) return _quotient;
        var differs = _t.New("differs", DType.Int32);
        _t.Pair(differs, a, AluOp.LogicalXor, b);
        return Signed(_quotient, differs);
    }

    /// <summary>The remainder with the sign of a.</summary>
    public TensorView Remainder() => _isNegative is var (a, _) ? Signed(_rest, a) : _rest;

    /// <summary>The remainder with the sign of b: b is added to one of the other sign.</summary>
    public TensorView Modulus()
    {
        if (_isNegative is not var (a, b)) return _rest;
        var rest = Signed(_rest, a);
        var moved = _t.New("moved", DType.Int32);
        _t.Pair(moved, a, AluOp.LogicalXor, b);
        _t.Pair(moved, moved, AluOp.LogicalAnd, rest);
        Exactly(moved, moved, AluOp.Multiply, _divisor);
        Exactly(rest, rest, AluOp.Add, moved);
        return rest;
    }

    /// <summary>1 or 0; rounding to fp32 keeps the sign.</summary>
    private TensorView IsNegative(TensorView x)
    {
        var negative = _t.New("negative", DType.Int32);
        _t.Scalar(negative, x, AluOp.Less);
        return negative;
    }

    private TensorView Magnitude(TensorView x, TensorView negative) => Signed(x, negative).As(DType.UInt32);

    /// <summary>-x where negative is 1, modulo 2^32.</summary>
    private TensorView Signed(TensorView x, TensorView negative)
    {
        var (sign, result) = (_t.New("sign", DType.Int32), _t.New("signed", DType.Int32));
        _t.Scalar(sign, negative, AluOp.Multiply, -2, AluOp.Add, 1);
        Exactly(result, x.As(DType.Int32), AluOp.Multiply, sign);
        return result;
    }

    private TensorView Estimate(TensorView a, TensorView inverse)
    {
        var (ratio, whole) = (_t.New("ratio"), _t.New("estimate", DType.UInt32));
        _t.Pair(ratio, a, AluOp.Multiply, inverse);
        _t.Scalar(whole, ratio, AluOp.Multiply, Below, AluOp.Subtract, 0.5);
        return whole;
    }

    /// <summary>rest = from - times b</summary>
    private void TakeOff(TensorView from, TensorView times, TensorView b)
    {
        var product = _t.New("product", DType.UInt32);
        Exactly(product, times, AluOp.Multiply, b);
        Exactly(_rest, from, AluOp.Subtract, product);
    }

    private void Exactly(TensorView dst, TensorView a, AluOp op, TensorView b) =>
        _t.K.Issue(new TensorTensor(dst, a, b, op), Engine.GpSimd);
}
