namespace TrnEmu.Kernels.Elementwise;

/// <summary>Functions of one operand, each as operations on a tile.</summary>
internal static class Unary
{
    private static readonly Dictionary<string, Action<ElementTile>> Floats = new()
    {
        ["abs"] = static t => t.Scalar(t.Result, t.X, AluOp.Abs),
        ["neg"] = static t => t.Scalar(t.Result, t.X, AluOp.Multiply, -1),
        ["sign"] = static t => t.Activate(t.Result, ActivationFunction.Sign, t.X),
        ["exp"] = static t => t.Activate(t.Result, ActivationFunction.Exp, t.X),
        ["log"] = Logarithm.Log,
        ["sqrt"] = SquareRoot,
        ["rsqrt"] = static t => t.Scalar(t.Result, t.X, AluOp.Rsqrt),
        ["reciprocal"] = static t => t.K.Issue(new Reciprocal(t.Result, t.X)),
        ["square"] = static t => t.Pair(t.Result, t.X, AluOp.Multiply, t.X),
        ["erf"] = static t => t.Activate(t.Result, ActivationFunction.Erf, t.X),
        ["sin"] = Angles.Sin,
        ["cos"] = Angles.Cos,
        ["sinh"] = Hyperbolic.Sinh,
        ["cosh"] = Hyperbolic.Cosh,
        ["tanh"] = static t => t.Activate(t.Result, ActivationFunction.Tanh, t.X),
        ["ceil"] = static t => t.Copy(t.Result, Rounding.Ceiling(t, t.X)),
        ["floor"] = static t => t.Copy(t.Result, Rounding.Floor(t, t.X)),
        ["round"] = static t => t.Copy(t.Result, Rounding.Nearest(t, t.X)),
        ["sigmoid"] = static t => t.Activate(t.Result, ActivationFunction.Sigmoid, t.X),
        ["relu"] = static t => t.Scalar(t.Result, t.X, AluOp.Maximum),
        ["gelu"] = static t => t.Activate(t.Result, ActivationFunction.Gelu, t.X),
        ["gelu_tanh"] = static t => t.Activate(t.Result, ActivationFunction.GeluApprxTanh, t.X),
        ["gelu_sigmoid"] = static t => t.Activate(t.Result, ActivationFunction.GeluApprxSigmoid, t.X),
        ["silu"] = static t => t.Activate(t.Result, ActivationFunction.Silu, t.X),
        ["softplus"] = static t => t.Activate(t.Result, ActivationFunction.Softplus, t.X),
    };

    private static readonly Dictionary<string, Func<ElementTile, TensorView, TensorView>> Integers = new()
    {
        ["abs"] = static (t, x) =>
            x.DType == DType.UInt32 ? x : Join(t, x, AluOp.Maximum, Join(t, Zero(t, x), AluOp.Subtract, x)),
        ["neg"] = static (t, x) => Join(t, Zero(t, x), AluOp.Subtract, x),
        ["square"] = static (t, x) => Join(t, x, AluOp.Multiply, x),
        ["relu"] = static (t, x) => Join(t, x, AluOp.Maximum, Zero(t, x)),
    };

    /// <summary>The operations of a function of a dtype.</summary>
    public static Action<ElementTile> Find(string function, DType dtype)
    {
        if (function == "not") return static t => t.Scalar(t.Result, t.X, AluOp.Equal);
        if (dtype.IsFloat() || function == "sign") return Floats[function];
        var exact = Integers[function];
        return t => Words.Store(t, t.Result, exact(t, Words.Of(t, t.X)));
    }

    /// <summary>
    /// x^0.5 on GpSimd, within one unit of fp32's last digit (the nearest number would take the square's exact rest, as
    /// many operations as a quotient): the Scalar engine's root begins at 2^-116 and has no 0. For -Inf and -0 it is
    /// Inf and 0: -Inf becomes the lowest finite number first, which gives NaN, and zeros are copied.
    /// </summary>
    private static void SquareRoot(ElementTile t)
    {
        var (x, isZero) = (t.New("x"), t.New("is_zero", DType.UInt8));
        t.Scalar(x, t.X, AluOp.Maximum, float.MinValue);
        t.Scalar(isZero, t.X, AluOp.Equal);
        t.Pair(t.Result, x, AluOp.Power, t.Number("exponent", DType.Fp32, 0.5));
        t.Choose(t.Result, isZero, t.X);
    }

    private static TensorView Zero(ElementTile t, TensorView x) => t.Number("zero", x.DType, 0);

    private static TensorView Join(ElementTile t, TensorView a, AluOp op, TensorView b)
    {
        var result = t.New("word", a.DType);
        t.Pair(result, a, op, b);
        return result;
    }
}
