namespace TrnEmu.Kernels.Elementwise;

/// <summary>Functions of two operands, each as operations on a tile.</summary>
internal static class Binary
{
    private static readonly Dictionary<string, AluOp> Operators = new()
    {
        ["add"] = AluOp.Add,
        ["sub"] = AluOp.Subtract,
        ["mul"] = AluOp.Multiply,
        ["pow"] = AluOp.Power,
        ["max"] = AluOp.Maximum,
        ["min"] = AluOp.Minimum,
        ["equal"] = AluOp.Equal,
        ["less"] = AluOp.Less,
        ["less_or_equal"] = AluOp.LessEqual,
        ["greater"] = AluOp.Greater,
        ["greater_or_equal"] = AluOp.GreaterEqual,
        ["and"] = AluOp.LogicalAnd,
        ["or"] = AluOp.LogicalOr,
        ["xor"] = AluOp.LogicalXor,
    };

    /// <summary>The operations of a function of operands of a dtype.</summary>
    public static Action<ElementTile> Find(string function, DType dtype)
    {
        if (!Operators.TryGetValue(function, out var op)) return Quotients(function, dtype);
        var isTruth = op.IsComparison() || op is AluOp.LogicalAnd or AluOp.LogicalOr or AluOp.LogicalXor;
        if (dtype.IsFloat() || (isTruth && dtype.Size() < sizeof(int)))
            return t => t.Pair(t.Result, t.X, op, t.Operands[1]);
        return t =>
        {
            var (a, b) = (Words.Of(t, t.X), Words.Of(t, t.Operands[1]));
            var word = t.New("word", a.DType);
            t.Pair(word, a, op, b);
            Words.Store(t, t.Result, word);
        };
    }

    private static Action<ElementTile> Quotients(string function, DType dtype) => (function, dtype.IsFloat()) switch
    {
        ("div", true) => dtype == DType.Fp32 ? Quotient.Exact : Quotient.Narrow,
        ("fmod", true) => static t => t.Copy(t.Result, Remainder.Of(t, t.X, t.Operands[1])),
        ("mod", true) => static t =>
            t.Copy(t.Result, Remainder.WithSignOf(t, Remainder.Of(t, t.X, t.Operands[1]), t.Operands[1])),
        ("div", false) => static t => Words.Store(t, t.Result, Division.Of(t).Quotient()),
        ("fmod", false) => static t => Words.Store(t, t.Result, Division.Of(t).Remainder()),
        _ => static t => Words.Store(t, t.Result, Division.Of(t).Modulus()),
    };
}
