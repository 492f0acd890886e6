using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <content>Indexing. Fewer slices than dimensions leave the inner dimensions whole.</content>
public sealed partial class TensorView
{
    /// <summary>Elements of a part of dimension 0.</summary>
    /// <exception cref="TrnException">TRN4101: outside the view.</exception>
    public TensorView this[Slice i, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Sliced([i], SourceSpan.FromCaller(file, line));

    /// <summary>Elements of a part of the first two dimensions.</summary>
    /// <exception cref="TrnException">TRN4101: outside the view.</exception>
    public TensorView this[Slice i, Slice j, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Sliced([i, j], SourceSpan.FromCaller(file, line));

    /// <summary>Elements of a part of the first three dimensions.</summary>
    /// <exception cref="TrnException">TRN4101: outside the view.</exception>
    public TensorView this[Slice i, Slice j, Slice k, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Sliced([i, j, k], SourceSpan.FromCaller(file, line));

    /// <summary>Elements of a part of the first four dimensions.</summary>
    /// <exception cref="TrnException">TRN4101: outside the view.</exception>
    public TensorView this[
        Slice i, Slice j, Slice k, Slice l, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Sliced([i, j, k, l], SourceSpan.FromCaller(file, line));

    /// <summary>Elements of a part of all five dimensions.</summary>
    /// <exception cref="TrnException">TRN4101: outside the view.</exception>
    public TensorView this[
        Slice i, Slice j, Slice k, Slice l, Slice m, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Sliced([i, j, k, l, m], SourceSpan.FromCaller(file, line));

    private TensorView Sliced(ReadOnlySpan<Slice> slices, SourceSpan span)
    {
        if (slices.Length > Rank)
            throw Misuse(FrontEndCodes.Slice, span, $"{slices.Length} indices, {Describe()} has {Rank} dimensions");
        var shape = new List<int>(Rank);
        var strides = new List<long>(Rank);
        var offset = _offset;
        var first = 0;
        for (var i = 0; i < Rank; i++)
        {
            Slice slice = i < slices.Length ? slices[i] : Range.All;
            var (start, end) = Checked(slice, i, span);
            if (i == 0 && MovesPartitions) first = start;
            else offset += start * _strides[i] * DType.Size();
            if (slice.IsIndex && !(i == 0 && MovesPartitions)) continue;
            shape.Add(end - start);
            strides.Add(_strides[i]);
        }

        if (shape.Count == 0)
        {
            shape.Add(1);
            strides.Add(1);
        }

        var view = new TensorView(this, [.. shape], [.. strides], offset, span);
        return first == 0 ? view : view.FromPartition(first);
    }

    /// <summary>True when dimension 0 is not a part of the byte offset: partitions on chip, rows of a gather.</summary>
    private bool MovesPartitions => IsOnChip || _dynamic.Kind == OffsetKind.Vector;

    private TensorView FromPartition(int first) => IsOnChip
        ? new TensorView(this, _startPartition + first, _dynamic, DType)
        : new TensorView(this, 0, _dynamic with { SourcePartition = _dynamic.SourcePartition + first }, DType);

    private (int Start, int End) Checked(Slice slice, int dimension, SourceSpan span)
    {
        var extent = _shape[dimension];
        var (start, end) = slice.Within(extent);
        if (start >= 0 && start < end && end <= extent) return (start, end);
        var what = slice.IsIndex ? $"index {slice}" : $"range {start}..{end}";
        throw Misuse(FrontEndCodes.Slice, span, $"{what} of dimension {dimension}, {Describe()} has {extent} there"
            + (start == end && !slice.IsIndex ? " and a view cannot be empty" : ""));
    }
}
