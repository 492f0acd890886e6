using TrnEmu.Core.Numerics.Functions;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <summary>Names and kinds of the ALU operators, and the operator behind each arithmetic one.</summary>
public static class AluOps
{
    private static readonly string[] Names =
    [
        "bypass", "add", "subtract", "multiply", "power", "maximum", "minimum", "abs_max", "abs_min", "equal", "not_equal",
        "greater_equal", "greater", "less_equal", "less", "logical_and", "logical_or", "logical_xor", "abs", "square",
        "relu", "rsqrt", "reciprocal", "bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift",
    ];

    /// <summary>The name in nki.language.</summary>
    public static string Name(this AluOp op) => Names[(int)op];

    /// <summary>True for the operators on the bits of integers.</summary>
    public static bool IsBitwise(this AluOp op) => op >= AluOp.BitwiseAnd;

    /// <summary>True for the operators that read x alone.</summary>
    public static bool IsUnary(this AluOp op) =>
        op is AluOp.Bypass or AluOp.Invert or (>= AluOp.Abs and <= AluOp.Reciprocal);

    /// <summary>True for equal, not_equal, greater_equal, greater, less_equal and less.</summary>
    public static bool IsComparison(this AluOp op) => op is >= AluOp.Equal and <= AluOp.Less;

    /// <summary>True for the operators that <see cref="Elementwise.Reduce"/> takes.</summary>
    public static bool IsReduction(this AluOp op) => op is AluOp.Add or AluOp.Multiply or AluOp.Maximum or AluOp.Minimum
        or AluOp.AbsMax or AluOp.AbsMin or AluOp.LogicalAnd or AluOp.LogicalOr or AluOp.LogicalXor
        or AluOp.BitwiseAnd or AluOp.BitwiseOr or AluOp.BitwiseXor;

    /// <summary>Finds an operator by <see cref="Name"/>; false when there is none of that name.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out AluOp op)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (!name.SequenceEqual(Names[i])) continue;
            op = (AluOp)i;
            return true;
        }

        op = default;
        return false;
    }

    /// <summary>Calls the visitor with the type of an arithmetic operator: the one place where they meet.</summary>
    internal static void Visit<TVisitor>(this AluOp op, bool reverse, ref TVisitor visitor)
        where TVisitor : struct, IBinaryVisitor, allows ref struct
    {
        switch (op)
        {
            case AluOp.Bypass: visitor.Visit<First<Identity>>(); break;
            case AluOp.Add: visitor.Visit<Add>(); break;
            case AluOp.Subtract: Order<Subtract, TVisitor>(reverse, ref visitor); break;
            case AluOp.Multiply: visitor.Visit<Multiply>(); break;
            case AluOp.Power: Order<Power, TVisitor>(reverse, ref visitor); break;
            case AluOp.Maximum: visitor.Visit<Maximum>(); break;
            case AluOp.Minimum: visitor.Visit<Minimum>(); break;
            case AluOp.AbsMax: Order<AbsMax, TVisitor>(reverse, ref visitor); break;
            case AluOp.AbsMin: Order<AbsMin, TVisitor>(reverse, ref visitor); break;
            case AluOp.Equal: visitor.Visit<Equal>(); break;
            case AluOp.NotEqual: visitor.Visit<NotEqual>(); break;
            case AluOp.GreaterEqual: Order<GreaterEqual, TVisitor>(reverse, ref visitor); break;
            case AluOp.Greater: Order<Greater, TVisitor>(reverse, ref visitor); break;
            case AluOp.LessEqual: Order<LessEqual, TVisitor>(reverse, ref visitor); break;
            case AluOp.Less: Order<Less, TVisitor>(reverse, ref visitor); break;
            case AluOp.LogicalAnd: visitor.Visit<LogicalAnd>(); break;
            case AluOp.LogicalOr: visitor.Visit<LogicalOr>(); break;
            case AluOp.LogicalXor: visitor.Visit<LogicalXor>(); break;
            case AluOp.Abs: visitor.Visit<First<Abs>>(); break;
            case AluOp.Square: visitor.Visit<First<Square>>(); break;
            case AluOp.Relu: visitor.Visit<First<Relu>>(); break;
            case AluOp.Rsqrt: visitor.Visit<First<Rsqrt>>(); break;
            case AluOp.Reciprocal: visitor.Visit<First<Reciprocal>>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, "not an arithmetic operator");
        }
    }

    private static void Order<TOperator, TVisitor>(bool reverse, ref TVisitor visitor)
        where TOperator : struct, IBinaryOperator
        where TVisitor : struct, IBinaryVisitor, allows ref struct
    {
        if (reverse) visitor.Visit<Reversed<TOperator>>();
        else visitor.Visit<TOperator>();
    }
}
