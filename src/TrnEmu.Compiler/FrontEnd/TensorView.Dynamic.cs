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
    /// destination it scatters. Of an index of several columns, which dma_transpose takes, row <c>index[p % P, p / P]</c>.
    /// </summary>
    /// <param name="index">int32 or uint32 [P], [P, 1] or [P, K] in SBUF.</param>
    /// <param name="count">Indices that are used; null for all.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    /// <exception cref="TrnException">TRN4105: not in HBM, a dynamic index already, or another index shape.</exception>
    public TensorView Gather(
        TensorView index, int? count = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        var partitions = index._shape[0];
        var columns = index.Rank == 2 ? index._shape[1] : 1;
        CheckIndex(index, (long)partitions * columns, span);
        var rows = count ?? partitions * columns;
        if (IsOnChip || _dynamic.Kind != OffsetKind.None || rows < 1 || rows > (long)partitions * columns)
        {
            throw Misuse(FrontEndCodes.Dynamic, span, $"{rows} rows of {Describe()} cannot be gathered: it must be in HBM, without a dynamic "
                + "index, and have an index for each row");
        }

        var view = new TensorView(this, [rows, .. _shape[1..]], _strides, _offset, span);
        var offset = IndexOffset(OffsetKind.Vector, index, _strides[0]) with { Group = rows > partitions ? partitions : 0 };
        return new TensorView(view, 0, offset, DType);
    }

    /// <summary>
    /// Free elements by index, from generation 4 on (<c>NkiTensor.indirect</c>): element i of each partition is the
    /// element of this on-chip view that index i of the partition's group of 16 names (32 for operands of the Tensor
    /// engine); index i lies in partition i % group of the group, column i / group. As a destination it scatters.
    /// </summary>
    /// <param name="index">int32 or uint32 [P, K] in SBUF, P the partitions of this view.</param>
    /// <param name="count">Indices that are used, up to K times the group.</param>
    /// <param name="group">Partitions that share a list of indices.</param>
    /// <param name="file">The caller's file.</param>
    /// <param name="line">The caller's line.</param>
    /// <exception cref="TrnException">TRN4105: not on chip, more than one free dimension, a dynamic index already, or
    /// another index shape.</exception>
    public TensorView Indirect(
        TensorView index, int count, int group = 16, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var span = SourceSpan.FromCaller(file, line);
        if (!IsOnChip || Rank != 2 || _dynamic.Kind != OffsetKind.None)
            throw Misuse(FrontEndCodes.Dynamic, span, $"{Describe()} cannot be indirect: it must be [P, F] on chip, without a dynamic index");
        if (index.Tensor.Space != MemorySpace.Sbuf || index.DType is not (DType.Int32 or DType.UInt32) || index.Rank != 2
            || index._shape[0] != _shape[0] || index._strides[1] != 1 || index._dynamic.Kind != OffsetKind.None
            || count < 1 || group < 1 || count > (long)index._shape[1] * group)
        {
            throw Misuse(FrontEndCodes.Dynamic, span, $"{index.Describe()} in {index.Tensor.Space.Title()} is no index of {count} elements: expected "
                + $"int32 or uint32 [{_shape[0]},{(count + group - 1) / group}] in SBUF");
        }

        var row = new TensorView(this, [_shape[0], count], [_strides[0], 1], _offset, span);
        var offset = IndexOffset(OffsetKind.Indirect, index, _strides[1]) with { Group = group };
        return new TensorView(row, _startPartition, offset, DType);
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

    private static void CheckIndex(TensorView index, long count, SourceSpan span)
    {
        if (index.Tensor.Space == MemorySpace.Sbuf && index.DType is DType.Int32 or DType.UInt32 && index.Elements == count
            && index._dynamic.Kind == OffsetKind.None && (index.Rank == 1 || index._shape[1] == 1 || index._strides[1] == 1))
        {
            return;
        }

        throw Misuse(FrontEndCodes.Dynamic, span,
            $"{index.Describe()} in {index.Tensor.Space.Title()} is no index: expected {count} of int32 or uint32 in SBUF");
    }

    private static DynamicOffset IndexOffset(OffsetKind kind, TensorView index, long stride) =>
        new(kind, index.Tensor.Id, index._startPartition, (int)index._offset, stride);
}
