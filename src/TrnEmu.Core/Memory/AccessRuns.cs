using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Memory;

/// <summary>
/// The bytes that a pattern touches as contiguous runs: a set, not an order. Levels that continue or overlap each other
/// are one run whatever their order in the pattern, repeats (stride 0) count once. On-chip patterns have each run in
/// all their partitions; in HBM the partition step is one more level.
/// </summary>
public struct AccessRuns
{
    private const int MaxLevels = 5;
    private readonly int _firstPartition;
    private readonly int _endPartition;
    private readonly long _length;
    private int _levels;
    private Levels _steps;
    private Levels _counts;
    private Levels _at;
    private long _position;
    private bool _isStarted;

    /// <summary>The runs of a pattern.</summary>
    /// <param name="pattern">The pattern; its dynamic part is not looked at.</param>
    /// <param name="tensor">Its tensor; one with an address counts bytes and partitions from the start of the
    /// memory.</param>
    /// <param name="displacement">Bytes that the dynamic part adds.</param>
    public AccessRuns(in AccessPattern pattern, Tensor tensor, long displacement = 0)
    {
        var size = pattern.DType.Size();
        _position = pattern.Offset + displacement;
        _length = size;
        Add(pattern.Count3, (long)pattern.Stride3 * size);
        Add(pattern.Count2, (long)pattern.Stride2 * size);
        Add(pattern.Count1, (long)pattern.Stride1 * size);
        Add(pattern.Count0, (long)pattern.Stride0 * size);
        if (tensor.Space == MemorySpace.Hbm)
        {
            Add(pattern.Partitions, pattern.PartitionStep * size);
            _endPartition = 1;
        }
        else
        {
            _position += tensor.Address?.Byte ?? 0;
            _firstPartition = pattern.StartPartition + (tensor.Address?.Partition ?? 0);
            _endPartition = _firstPartition + pattern.Partitions;
        }

        First = _position;
        var kept = 0;
        for (var i = 0; i < _levels; i++)
        {
            if (_steps[i] <= _length) _length += _steps[i] * (_counts[i] - 1);
            else (_steps[kept], _counts[kept++]) = (_steps[i], _counts[i]);
        }

        _levels = kept;
        End = First + _length;
        for (var i = 0; i < kept; i++) End += _steps[i] * (_counts[i] - 1);
    }

    /// <summary>The lowest byte.</summary>
    public long First { get; }

    /// <summary>One past the highest byte.</summary>
    public long End { get; }

    /// <summary>Bytes of each run.</summary>
    internal readonly long Length => _length;

    /// <summary>Levels by which runs repeat, none when there is one run.</summary>
    internal readonly int LevelCount => _levels;

    /// <summary>A level: bytes from one run to the next and how many there are. Steps ascend.</summary>
    internal readonly (long Step, long Count) Level(int level) => (_steps[level], _counts[level]);

    /// <summary>The current run.</summary>
    public readonly AccessRange Current => new(_position, _position + _length, _firstPartition, _endPartition);

    /// <summary>For <c>foreach</c>.</summary>
    public readonly AccessRuns GetEnumerator() => this;

    /// <summary>Goes to the next run.</summary>
    public bool MoveNext()
    {
        if (!_isStarted) return _isStarted = true;
        for (var i = 0; i < _levels; i++)
        {
            _position += _steps[i];
            if (++_at[i] < _counts[i]) return true;
            _position -= _steps[i] * _counts[i];
            _at[i] = 0;
        }

        return false;
    }

    /// <summary>Adds a level; levels stay ordered by step, smallest first, and all steps positive.</summary>
    private void Add(int count, long step)
    {
        if (count <= 1 || step == 0) return;
        if (step < 0)
        {
            _position += step * (count - 1);
            step = -step;
        }

        var i = _levels++;
        for (; i > 0 && _steps[i - 1] > step; i--) (_steps[i], _counts[i]) = (_steps[i - 1], _counts[i - 1]);
        (_steps[i], _counts[i]) = (step, count);
    }

    [InlineArray(MaxLevels)]
    private struct Levels
    {
        private long _first;
    }
}
