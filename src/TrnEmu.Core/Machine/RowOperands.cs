using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Whether the rows of an operation are independent in memory too. They are where all operands have as many rows, known
/// before, and those in one memory begin on one partition: then no row of one lies in another row of another, whatever
/// their addresses.
/// </summary>
/// <param name="core">Executes the operation.</param>
internal ref struct RowOperands(CoreState core)
{
    private int _rows, _sbufLane = -1, _psumLane = -1;
    private bool _hasHbm, _isDependent;

    /// <summary>Rows of each operand; 0 where they are not independent.</summary>
    public readonly int Rows => _isDependent ? 0 : _rows;

    /// <summary>Elements of the largest operand.</summary>
    public long Elements { get; private set; }

    /// <summary>The rows depend on each other.</summary>
    public void Refuse() => _isDependent = true;

    /// <summary>An operand that is read or written.</summary>
    public void Add(in AccessPattern operand)
    {
        if (Elements == 0) _rows = operand.Partitions;
        _isDependent |= operand.IsDynamic || operand.Partitions != _rows || !IsAligned(operand);
        Elements = Math.Max(Elements, operand.Elements);
    }

    /// <summary>A column, or a constant that every row has.</summary>
    public void Add(in ScalarOperand operand)
    {
        if (operand.Column is { } column) Add(column);
    }

    /// <summary>Of HBM one operand alone: its rows may lie anywhere.</summary>
    private bool IsAligned(in AccessPattern operand)
    {
        var space = core.Program.TensorOf(operand).Space;
        if (space == MemorySpace.Hbm) return !_hasHbm && (_hasHbm = true);
        ref var lane = ref space == MemorySpace.Sbuf ? ref _sbufLane : ref _psumLane;
        var first = core.LaneOf(operand);
        if (lane < 0) lane = first;
        return lane == first;
    }
}
