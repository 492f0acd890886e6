using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.FrontEnd;

/// <summary>What every declared tensor must satisfy.</summary>
internal static class TensorDeclaration
{
    /// <summary>
    /// More than any HBM holds, and far from where byte addresses overflow. A tensor that is only timed is never
    /// allocated; what is executed has the limits of the host on top.
    /// </summary>
    private const long MaxHbmElements = 1L << 40;

    /// <summary>
    /// Throws TRN4104 unless the name is an identifier, all extents are at least 1 and partitions are at most 128.
    /// </summary>
    public static void Check(string name, MemorySpace space, ReadOnlySpan<int> shape, SourceSpan span)
    {
        if (!IsName(name))
            throw Refuse(span, $"\"{name}\" is no tensor name: letters, digits, '_' and '.', not starting with a digit");
        if (shape.Length == 0) throw Refuse(span, $"tensor {name} has no extents");
        var most = space == MemorySpace.Hbm ? MaxHbmElements : int.MaxValue;
        long elements = 1;
        foreach (var extent in shape)
        {
            if (extent < 1)
                throw Refuse(span, $"tensor {name} has extents [{string.Join(',', shape.ToArray())}], each must be at least 1");
            elements *= extent;
            if (elements > most)
                throw Refuse(span, FormattableString.Invariant($"tensor {name} has more than {most} elements"));
        }

        if (space != MemorySpace.Hbm && shape[0] > Limits.Partitions)
        {
            throw Refuse(span, FormattableString.Invariant(
                $"{space.Title()} tensor {name} has {shape[0]} partitions, limit {Limits.Partitions}"));
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');

    private static TrnException Refuse(SourceSpan span, string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(FrontEndCodes.Tensor, message, span));
}
