using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <content>Indices that are known only while running.</content>
public sealed partial class TensorView
{
    /// <summary>
    /// <paramref name="count"/> indices of a dimension from the register's value on (<c>scalar_offset</c>); the
    /// dimension keeps that extent. On chip a free dimension.
    /// </summary>
    /// <exception cref="TrnException">TRN4105: partitions, or the view has a dynamic index already.</exception>
    public TensorView At(
        Register index, int dimension, int count = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Moved(new DynamicOffset(OffsetKind.Register, index.Number, 0, 0, 0), dimension, count, SourceSpan.FromCaller(file, line));

    /// <summary>
    /// <paramref name="count"/> indices of a dimension from the one int32 or uint32 element of
    /// <paramref name="index"/>, in SBUF, on (<c>scalar_offset</c>).
    /// </summary>
    /// <exception cref="TrnException">TRN4105: partitions, a dynamic index already, or no single 32-bit integer in
    /// SBUF.</exception>
    public TensorView At(
        TensorView index, int dimension, int count = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        CheckIndex(index, 1, span);
        return Moved(IndexOffset(OffsetKind.Scalar, index, 0), dimension, count, span);
    }

    /// <summary>
    /// Rows by index: row p of the result is row <c>index[p]</c> of this HBM view (<c>vector_offset</c>). As a
    /// destination it scatters.
    /// </summary>
    /// <param name="index">int32 or uint32 [P] or [P, 1] in SBUF.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    /// <exception cref="TrnException">TRN4105: not in HBM, a dynamic index already, or another index shape.</exception>
    public TensorView Gather(TensorView index, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        CheckIndex(index, index._shape[0], span);
        if (IsOnChip || _dynamic.Kind != OffsetKind.None)
        {
            throw Misuse(FrontEndCodes.Dynamic, span,
                $"rows of {Describe()} cannot be gathered: it must be in HBM, without a dynamic index");
        }


        var rows = new TensorView(this, [index._shape[0], .. _shape[1..]], _strides, _offset, span);
        return new TensorView(rows, 0, IndexOffset(OffsetKind.Vector, index, _strides[0]), DType);
    }

    private TensorView Moved(DynamicOffset dynamic, int dimension, int count, SourceSpan span)
    {
        if (dimension < 0 || dimension >= Rank || count < 1 || count > _shape[dimension] || (dimension == 0 && IsOnChip)
            || _dynamic.Kind != OffsetKind.None)
        {
            throw Misuse(FrontEndCodes.Dynamic, span, $"dimension {dimension} of {Describe()} cannot be indexed while running, {count} "
                + "long: it must be a free one at least as long, of a view without a dynamic index");
        }

        int[] shape = [.. _shape];
        shape[dimension] = count;
        var view = new TensorView(this, shape, _strides, _offset, span);
        return new TensorView(view, _startPartition, dynamic with { Stride = _strides[dimension] }, DType);
    }

    private static void CheckIndex(TensorView index, int partitions, SourceSpan span)
    {
        if (index.Tensor.Space == MemorySpace.Sbuf && index.DType is DType.Int32 or DType.UInt32 && index.Elements == partitions
            && index._shape[0] == partitions && index._dynamic.Kind == OffsetKind.None)
        {
            return;
        }

        throw Misuse(FrontEndCodes.Dynamic, span,
            $"{index.Describe()} in {index.Tensor.Space.Title()} is no index: expected int32 or uint32 [{partitions},1] in SBUF");
    }

    private static DynamicOffset IndexOffset(OffsetKind kind, TensorView index, long stride) =>
        new(kind, index.Tensor.Id, index._startPartition, (int)index._offset, stride);
}
