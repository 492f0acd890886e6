using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <content>Any strides, as DMA engines take them from HBM.</content>
public sealed partial class TensorView
{
    /// <summary>Elements from one index to the next of each dimension; dimension 0 on chip: partitions.</summary>
    public ReadOnlySpan<long> Strides => _strides;

    /// <summary>
    /// Elements of an HBM tensor in any order: element i of the result lies <paramref name="offset"/> + the sum of
    /// i_d times <c>strides[d]</c> elements behind the first one of this view. Strides may be 0 (the element repeats) or
    /// negative.
    /// </summary>
    /// <param name="shape">Extents of the result, each at least 1.</param>
    /// <param name="strides">As many, in elements of the tensor.</param>
    /// <param name="offset">Elements from the first of this view to the first of the result.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    /// <exception cref="Core.Diagnostics.TrnException">TRN4102: not in HBM, a dynamic index, or an empty shape. TRN4101:
    /// an element outside the tensor.</exception>
    public TensorView Strided(
        ReadOnlySpan<int> shape, ReadOnlySpan<long> strides, long offset = 0,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = Core.Diagnostics.SourceSpan.FromCaller(file, line);
        var text = $"[{string.Join(',', shape.ToArray())}] by [{string.Join(',', strides.ToArray())}]";
        if (IsOnChip || _dynamic.Kind != OffsetKind.None || shape.Length == 0 || shape.Length != strides.Length
            || shape.ContainsAnyInRange(int.MinValue, 0))
        {
            throw Misuse(FrontEndCodes.Shape, span, $"{Describe()} cannot be seen as {text}: it must be in HBM, without a dynamic index, and "
                + "each extent from 1 on have a stride");
        }

        var first = _offset / DType.Size() + offset;
        var (low, high) = ((Int128)first, (Int128)first);
        for (var i = 0; i < shape.Length; i++)
        {
            var reach = (Int128)strides[i] * (shape[i] - 1);
            if (reach < 0) low += reach;
            else high += reach;
        }

        var limit = Tensor.Bytes / DType.Size();
        if (low >= 0 && high < limit) return new TensorView(this, shape.ToArray(), strides.ToArray(), first * DType.Size(), span);
        throw Misuse(FrontEndCodes.Slice, span, $"elements {low} to {high} of {Tensor.Name} are seen as {text}, it has {limit}");
    }
}
