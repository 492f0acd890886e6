using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Dtypes of operands from those that an operation's header accepts.</summary>
internal static class HeaderTypes
{
    /// <summary>Of one operand.</summary>
    public static DType One<TOperation>(this Draw draw, string operand)
        where TOperation : Operation => draw.Of([.. Accepted<TOperation>(operand)]);

    /// <summary>Of a result and a source.</summary>
    public static (DType Dst, DType Src) Pair<TOperation>(this Draw draw, string dst, string src)
        where TOperation : Operation => (draw.One<TOperation>(dst), draw.One<TOperation>(src));

    private static IReadOnlyList<DType> Accepted<TOperation>(string operand) =>
        OperationInfo.Of(typeof(TOperation)).Operands.Single(o => o.Name == operand).DTypes;
}
