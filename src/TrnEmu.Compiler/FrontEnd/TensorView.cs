using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.FrontEnd;

/// <summary>
/// Elements of a tensor under an own shape, without moving them. Dimension 0 of a view in SBUF or PSUM counts
/// partitions; in HBM it becomes the partitions of the DMA. Immutable: slicing, reshaping and the rest make new views.
/// Where an operation takes an <see cref="AccessPattern"/> or <see cref="ScalarOperand"/>, a view can be given.
/// </summary>
public sealed partial class TensorView
{
    private readonly int[] _shape;

    /// <summary>Elements between neighbours of each dimension; dimension 0 on chip: partitions.</summary>
    private readonly long[] _strides;

    private readonly int _startPartition;
    private readonly long _offset;
    private readonly DynamicOffset _dynamic;
    private readonly SourceSpan _span;

    internal TensorView(Tensor tensor)
    {
        Tensor = tensor;
        DType = tensor.DType;
        _shape = [.. tensor.Shape];
        _strides = new long[_shape.Length];
        long step = 1;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            _strides[i] = i == 0 && IsOnChip ? 1 : step;
            step *= _shape[i];
        }

        _span = tensor.Span;
    }

    private TensorView(TensorView from, int[] shape, long[] strides, long offset, SourceSpan span)
    {
        Tensor = from.Tensor;
        DType = from.DType;
        _shape = shape;
        _strides = strides;
        _startPartition = from._startPartition;
        _offset = offset;
        _dynamic = from._dynamic;
        _span = span;
    }

    private TensorView(TensorView from, int startPartition, DynamicOffset dynamic, DType dtype)
        : this(from, from._shape, from._strides, from._offset, from._span)
    {
        _startPartition = startPartition;
        _dynamic = dynamic;
        DType = dtype;
    }

    /// <summary>The tensor that is viewed.</summary>
    public Tensor Tensor { get; }

    /// <summary>Type as which the elements are read or written.</summary>
    public DType DType { get; }

    /// <summary>Extents, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>Number of elements, repeated ones counted again.</summary>
    public long Elements => _shape.Aggregate(1L, (n, extent) => n * extent);

    private bool IsOnChip => Tensor.Space != MemorySpace.Hbm;

    /// <summary>The pattern that visits the view's elements in row-major order.</summary>
    /// <exception cref="TrnException">TRN4103: it takes more than four free levels.</exception>
    public static implicit operator AccessPattern(TensorView view) => view.ToAccessPattern();

    /// <summary>One value for each partition: a view of shape [P, 1].</summary>
    public static implicit operator ScalarOperand(TensorView view) => view.ToAccessPattern();

    /// <summary>The view as a scalar operand, for languages without conversion operators.</summary>
    public ScalarOperand ToScalarOperand() => ToAccessPattern();

    /// <summary>The pattern that visits the view's elements in row-major order.</summary>
    /// <exception cref="TrnException">TRN4103: it takes more than four free levels.</exception>
    public AccessPattern ToAccessPattern()
    {
        var start = new AccessPattern
        {
            Tensor = Tensor.Id,
            StartPartition = _startPartition,
            Offset = _offset,
            DType = DType,
            Dynamic = _dynamic,
        };
        var levels = ViewLevels.ToPattern(start, IsOnChip, _shape, _strides, out var pattern);
        if (levels == ViewLevels.Limit) return pattern;
        throw Misuse(
            FrontEndCodes.Levels, _span, $"{Describe()} needs {levels} [stride, count] levels, limit 4 with strides below 2^31");
    }

    /// <inheritdoc/>
    public override string ToString() => Describe();

    private string Describe() => $"{Tensor.Name} as {DType.Name()}[{string.Join(',', _shape)}]";

    private static TrnException Misuse(DiagnosticCode code, SourceSpan span, string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(code, message, span));
}
