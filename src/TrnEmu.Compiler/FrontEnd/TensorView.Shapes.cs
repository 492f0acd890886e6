using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <content>Other shapes of the same elements.</content>
public sealed partial class TensorView
{
    /// <summary>The same elements in the same order under another shape; on chip dimension 0 stays.</summary>
    /// <exception cref="TrnException">TRN4102: the elements of a new dimension would not be evenly spaced.</exception>
    public TensorView Reshape(
        ReadOnlySpan<int> shape, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        var keepsRows = !MovesPartitions || (shape.Length > 0 && shape[0] == _shape[0]);
        var strides = keepsRows ? ViewReshape.Strides(_shape, _strides, shape, MovesPartitions ? 1 : 0) : null;
        return strides is null
            ? throw Misuse(
                FrontEndCodes.Shape, span, $"{Describe()} cannot be seen as [{string.Join(',', shape.ToArray())}] in place")
            : new TensorView(this, shape.ToArray(), strides, _offset, span);
    }

    /// <summary>
    /// Dimensions in another order: dimension i of the result is <c>order[i]</c> of this; on chip 0 stays first.
    /// </summary>
    /// <exception cref="TrnException">TRN4102: no permutation, or partitions would become a free dimension.</exception>
    public TensorView Permute(
        ReadOnlySpan<int> order, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        int[] from = [.. order];
        var isPermutation = from.Order().SequenceEqual(Enumerable.Range(0, Rank));
        if (!isPermutation || (MovesPartitions && from[0] != 0))
        {
            throw Misuse(FrontEndCodes.Shape, span, $"{Describe()} cannot be permuted by [{string.Join(',', from)}]: "
                + (isPermutation ? "dimension 0 counts partitions and stays first" : "each dimension must be named once"));
        }

        return new TensorView(this, [.. from.Select(i => _shape[i])], [.. from.Select(i => _strides[i])], _offset, span);
    }

    /// <summary>A dimension of extent 1 seen <paramref name="count"/> times (stride 0); on chip a free one.</summary>
    /// <exception cref="TrnException">TRN4102: the extent is not 1, or partitions would repeat.</exception>
    public TensorView Broadcast(
        int dimension, int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        var isFree = dimension >= 0 && dimension < Rank && !(dimension == 0 && MovesPartitions && count > 1);
        if (!isFree || _shape[dimension] != 1 || count < 1)
        {
            throw Misuse(FrontEndCodes.Shape, span,
                $"dimension {dimension} of {Describe()} cannot be repeated {count} times: it must be a free one of extent 1");
        }

        int[] shape = [.. _shape];
        long[] strides = [.. _strides];
        shape[dimension] = count;
        if (count > 1) strides[dimension] = 0;
        return new TensorView(this, shape, strides, _offset, span);
    }

    /// <summary>The same bytes as another type; the last dimension's extent changes with the size.</summary>
    /// <exception cref="TrnException">TRN4102: rows are not contiguous or not a whole number of elements.</exception>
    public TensorView As(DType dtype, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var (old, size) = (DType.Size(), dtype.Size());
        if (old == size) return new TensorView(this, _startPartition, _dynamic, dtype);
        var span = SourceSpan.FromCaller(file, line);
        var last = Rank - 1;
        var firstLinear = IsOnChip ? 1 : 0;
        long[] strides = [.. _strides.Select((s, i) => i < firstLinear ? s : i == last ? 1 : s * old / size)];
        var fits = last >= firstLinear && _strides[last] == 1 && (long)_shape[last] * old % size == 0 && _offset % size == 0
            && _dynamic.Stride * old % size == 0
            && !_strides.Where((s, i) => i >= firstLinear && i != last && s * old % size != 0).Any();
        if (!fits)
        {
            throw Misuse(FrontEndCodes.Shape, span,
                $"{Describe()} cannot be seen as {dtype.Name()}: rows must be contiguous and whole");
        }

        int[] shape = [.. _shape];
        shape[last] = (int)((long)shape[last] * old / size);
        var dynamic = _dynamic with { Stride = _dynamic.Stride * old / size };
        return new TensorView(new TensorView(this, shape, strides, _offset, span), _startPartition, dynamic, dtype);
    }
}
