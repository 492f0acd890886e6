using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties.Operands;

/// <summary>ALU operators by the rows of nki.language's table.</summary>
internal static class Operators
{
    public static readonly AluOp[] Bits =
        [AluOp.BitwiseAnd, AluOp.BitwiseOr, AluOp.BitwiseXor, AluOp.LeftShift, AluOp.RightShift];

    private static readonly AluOp[] Binary =
    [
        AluOp.Add, AluOp.Subtract, AluOp.Multiply, AluOp.Maximum, AluOp.Minimum, AluOp.Equal, AluOp.NotEqual,
            AluOp.GreaterEqual,
        AluOp.Greater, AluOp.LessEqual, AluOp.Less, AluOp.LogicalAnd, AluOp.LogicalOr, AluOp.LogicalXor,
    ];

    private static readonly AluOp[] OfOne = [AluOp.Abs, AluOp.Square, AluOp.Relu, AluOp.Reciprocal];

    /// <summary>An arithmetic operator of two operands that Vector and GpSimd have.</summary>
    public static AluOp Arithmetic(Draw draw) =>
        draw.Generation > 3 && draw.Chance(10) ? draw.Of(AluOp.AbsMax, AluOp.AbsMin) : draw.Of(Binary);

    /// <summary>An operator of the data alone.</summary>
    public static AluOp Unary(Draw draw) => draw.Of(OfOne);
}
