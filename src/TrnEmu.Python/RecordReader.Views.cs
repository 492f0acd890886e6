using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Python;

/// <content>Views of tensors: tensor, dtype, start, dimensions, and the part of the address that an index moves.</content>
internal sealed partial class RecordReader
{
    private const int MaxRank = 8;
    private const int HeadBytes = 18;
    private const int DimensionBytes = 12;
    private const int DynamicBytes = 24;
    private readonly int[] _counts = new int[MaxRank + 1];
    private readonly long[] _strides = new long[MaxRank + 1];
    private int _rank;

    /// <summary>Rows that a view of HBM is divided into where it can be; 0 leaves its first dimension.</summary>
    public int Rows { get; set; }

    /// <summary>Extents of the last view.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _rank);

    /// <summary>Strides of the last view.</summary>
    public ReadOnlySpan<long> Strides => _strides.AsSpan(0, _rank);

    /// <summary>A view, as the pattern that visits its elements in row-major order.</summary>
    /// <exception cref="Core.Diagnostics.TrnException">TRN4103: it takes more than four free levels.</exception>
    public AccessPattern View(string name)
    {
        if (Tag() is not ArgumentTag.View and var tag) throw Expected(name, tag, "a tensor");
        var start = ViewHead();
        var tensor = program.TensorAt(start.Tensor);
        var isOnChip = tensor.Space != MemorySpace.Hbm;
        if (!isOnChip && Rows > 0 && Rows != _counts[0] && start.Dynamic.Kind != OffsetKind.Vector)
            _rank = HbmRows.Divide(_counts, _strides, _rank, Rows);
        var levels = ViewLevels.ToPattern(start, isOnChip, Counts, Strides, out var pattern);
        if (levels == ViewLevels.Limit) return pattern;
        throw new Core.Diagnostics.TrnException(Core.Diagnostics.FailureKind.BadInput, Core.Diagnostics.Diagnostic.Error(
            FrontEndCodes.Levels,
            levels == 0
                ? $"{Operation}: {name} ({tensor.Name}) has a stride beyond 32 bits"
                : $"{Operation}: {name} ({tensor.Name}) as [{string.Join(',', Counts.ToArray())}] needs {levels} [stride, count] levels, limit "
                    + $"{ViewLevels.Limit} beside the partitions",
            Span));
    }

    /// <summary>The fields of a view behind its tag; its dimensions are <see cref="Counts"/> and <see cref="Strides"/>.</summary>
    public AccessPattern ViewHead()
    {
        var tensor = I32();
        if ((uint)tensor >= (uint)program.TensorCount) throw new InvalidDataException($"tensor {tensor} does not exist");
        var dtype = Member<DType>();
        _rank = U8();
        if (_rank is 0 or > MaxRank) throw new InvalidDataException($"a view has {_rank} dimensions");
        var partition = I32();
        var offset = I64();
        for (var i = 0; i < _rank; i++)
        {
            _counts[i] = I32();
            _strides[i] = I64();
        }

        var kind = Member<OffsetKind>();
        return new AccessPattern
        {
            Tensor = tensor,
            StartPartition = partition,
            Offset = offset,
            DType = dtype,
            Dynamic = kind == OffsetKind.None ? default : Dynamic(kind),
        };
    }

    /// <summary>A view alone, with or without its tag.</summary>
    public AccessPattern OnlyView()
    {
        if (IsView(1) && _bytes[0] == (byte)ArgumentTag.View) _at = 1;
        var view = ViewHead();
        End();
        return view;
    }

    /// <summary>Finds into how many rows a DMA divides: those of its on-chip side, else of its first view of several dimensions.</summary>
    public void FindRows(int arguments)
    {
        var (at, hbm) = (_at, 0);
        Rows = 0;
        for (var i = 0; i < arguments && Rows == 0; i++) Visit(ref hbm);
        if (Rows == 0) Rows = hbm;
        _at = at;
    }

    private DynamicOffset Dynamic(OffsetKind kind)
    {
        var source = I32();
        if (kind != OffsetKind.Register && (uint)source >= (uint)program.TensorCount)
            throw new InvalidDataException($"tensor {source} does not exist");
        return new DynamicOffset(kind, source, I32(), I32(), I64(), I32());
    }

    /// <summary>True when a view from a byte on has the length of the record.</summary>
    private bool IsView(int at)
    {
        if (_length < at + HeadBytes) return false;
        var end = at + HeadBytes + _bytes[at + 5] * DimensionBytes;
        return _length == end + 1 ? _bytes[end] == 0 : _length == end + 1 + DynamicBytes && _bytes[end] != 0;
    }

    private void Visit(ref int hbm)
    {
        switch (Tag())
        {
            case ArgumentTag.Boolean:
                _at++;
                break;
            case ArgumentTag.Integer or ArgumentTag.Real:
                _at += sizeof(long);
                break;
            case ArgumentTag.Word:
                _at += 1 + _bytes[_at];
                break;
            case ArgumentTag.Register:
                _at += sizeof(int);
                break;
            case ArgumentTag.List:
                for (var left = U16(); left > 0; left--) Visit(ref hbm);
                break;
            case ArgumentTag.View:
                var view = ViewHead();
                if (program.TensorAt(view.Tensor).Space != MemorySpace.Hbm) Rows = _counts[0];
                else if (hbm == 0 && _rank > 1) hbm = _counts[0];
                break;
        }
    }
}
