using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>z[i] = x[i] op y[i] on blocks of 32-bit integers.</summary>
internal static unsafe class IntegerBlock
{
    /// <summary>True when the arithmetic operator is computed exactly on integers.</summary>
    public static bool Has(AluOp op) => op is AluOp.Bypass or AluOp.Add or AluOp.Subtract or AluOp.Multiply or AluOp.Power
        or AluOp.Maximum or AluOp.Minimum or AluOp.AbsMax or AluOp.AbsMin || op.IsComparison();

    /// <summary>
    /// Computes <paramref name="count"/> elements and what is missing to a multiple of 16; z may be x or y.
    /// </summary>
    public static void Apply(AluOp op, bool signed, uint* x, uint* y, uint* z, int count)
    {
        if (signed && !op.IsBitwise()) Apply(op, (int*)x, (int*)y, (int*)z, count);
        else Apply(op, x, y, z, count);
    }

    private static void Apply<T>(AluOp op, T* x, T* y, T* z, int count)
        where T : unmanaged
    {
        switch (op)
        {
            case AluOp.Bypass: Run<IntegerBypass, T>(x, y, z, count); break;
            case AluOp.Add: Run<IntegerAdd, T>(x, y, z, count); break;
            case AluOp.Subtract: Run<IntegerSubtract, T>(x, y, z, count); break;
            case AluOp.Multiply: Run<IntegerMultiply, T>(x, y, z, count); break;
            case AluOp.Power: Run<IntegerPower, T>(x, y, z, count); break;
            case AluOp.AbsMax: Run<IntegerAbsMax, T>(x, y, z, count); break;
            case AluOp.AbsMin: Run<IntegerAbsMin, T>(x, y, z, count); break;
            case AluOp.Maximum: Run<IntegerMaximum, T>(x, y, z, count); break;
            case AluOp.Minimum: Run<IntegerMinimum, T>(x, y, z, count); break;
            case AluOp.Equal: Run<IntegerEqual, T>(x, y, z, count); break;
            case AluOp.NotEqual: Run<IntegerNotEqual, T>(x, y, z, count); break;
            case AluOp.GreaterEqual: Run<IntegerGreaterEqual, T>(x, y, z, count); break;
            case AluOp.Greater: Run<IntegerGreater, T>(x, y, z, count); break;
            case AluOp.LessEqual: Run<IntegerLessEqual, T>(x, y, z, count); break;
            case AluOp.Less: Run<IntegerLess, T>(x, y, z, count); break;
            case AluOp.BitwiseAnd: Run<IntegerAnd, T>(x, y, z, count); break;
            case AluOp.BitwiseOr: Run<IntegerOr, T>(x, y, z, count); break;
            case AluOp.BitwiseXor: Run<IntegerXor, T>(x, y, z, count); break;
            case AluOp.Invert: Run<IntegerInvert, T>(x, y, z, count); break;
            case AluOp.LeftShift: Run<IntegerLeftShift, T>(x, y, z, count); break;
            case AluOp.RightShift: Run<IntegerRightShift, T>(x, y, z, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, "not an operator on integers");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TOperator, T>(T* x, T* y, T* z, int count)
        where TOperator : struct, IIntegerOperator
        where T : unmanaged
    {
        for (var i = 0; i < count; i += 16) TOperator.Invoke(Vector512.Load(x + i), Vector512.Load(y + i)).Store(z + i);
    }
}
