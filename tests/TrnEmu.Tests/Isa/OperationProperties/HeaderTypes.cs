using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Dtypes of operands from those that an operation's header accepts.</summary>
internal static class HeaderTypes
{
    /// <summary>Of one operand, by chance.</summary>
    public static DType Any<TOperation>(this Draw draw, string operand)
        where TOperation : Operation => draw.Of([.. Accepted<TOperation>(operand)]);

    /// <summary>Of the operand that matters most; they take turns.</summary>
    public static DType One<TOperation>(this Draw draw, string operand)
        where TOperation : Operation => draw.Turns.Of(Accepted<TOperation>(operand));

    /// <summary>Of the two operands that matter most and may have to go together; the pairs take turns.</summary>
    public static (DType First, DType Second) Pair<TOperation>(
        this Draw draw, string first, string second, Func<DType, DType, bool>? together = null)
        where TOperation : Operation => draw.Turns.Of(
        [
            .. from a in Accepted<TOperation>(first)
               from b in Accepted<TOperation>(second)
               where together?.Invoke(a, b) ?? true
               select (a, b),
        ]);

    /// <summary>True when a copy from one to the other is defined: scales and packed types only move.</summary>
    public static bool Converts(DType a, DType b) => a == b || (a.IsArithmetic() && b.IsArithmetic());

    /// <summary>True for integers of one size, which bitwise operators want.</summary>
    public static bool AreBits(DType a, DType b) => a.IsInteger() && b.IsInteger() && a.Size() == b.Size();

    /// <summary>Signed or unsigned, of the same size.</summary>
    public static DType Like(this Draw draw, DType integer) =>
        draw.Of([.. DTypes.All.Where(d => AreBits(d, integer))]);

    private static IReadOnlyList<DType> Accepted<TOperation>(string operand) =>
        OperationInfo.Of(typeof(TOperation)).Operands.Single(o => o.Name == operand).DTypes;
}
