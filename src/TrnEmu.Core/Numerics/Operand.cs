using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics;

/// <summary>A scalar operand: one constant, or a column [P,1] that gives each partition its own value.</summary>
public readonly unsafe struct Operand
{
    private readonly Tile _column;
    private readonly double _constant;
    private readonly bool _isColumn;
    private readonly bool _isNegated;

    private Operand(double constant) => _constant = constant;

    private Operand(in Tile column)
    {
        _column = column;
        _isColumn = true;
    }

    private Operand(in Operand operand, bool isNegated)
    {
        this = operand;
        _isNegated = isNegated;
    }

    /// <summary>The same values with the other sign; for arithmetic only.</summary>
    public Operand Negated => new(this, !_isNegated);

    /// <summary>The same value for every partition: any fp32 or 32-bit integer.</summary>
    public static Operand Constant(double value) => new(value);

    /// <summary>Element (p, 0) of the column for partition p.</summary>
    public static Operand Column(in Tile column) => new(column);

    /// <summary>A constant.</summary>
    public static implicit operator Operand(float value) => new(value);

    /// <summary>A constant.</summary>
    public static implicit operator Operand(int value) => new(value);

    internal float At(int partition)
    {
        var value = !_isColumn ? (float)_constant
            : _column.DType == DType.Fp32 ? Unsafe.ReadUnaligned<float>(_column.Base + partition * _column.PartitionStride)
            : Loaded(partition);
        return _isNegated ? -value : value;
    }

    private float Loaded(int partition)
    {
        float value;
        Rows.Load(_column, partition, 0, &value, 1);
        return value;
    }

    /// <summary>The values of <paramref name="count"/> partitions, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Vector512<float> Lanes(int partition, int count)
    {
        var lanes = Vector512<float>.Zero;
        for (var lane = 0; lane < count; lane++) ((float*)&lanes)[lane] = At(partition + lane);
        return lanes;
    }

    internal uint BitsAt(int partition)
    {
        if (!_isColumn) return unchecked((uint)(long)_constant);
        uint bits;
        Rows.LoadBits(_column, partition, 0, &bits, 1);
        return bits;
    }
}
