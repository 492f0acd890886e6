namespace TrnEmu.Core.Machine;

/// <summary>
/// An operation whose rows do not know of each other: what it writes to row p of any operand, and to lane p of an engine's
/// registers, comes from row p of the others. Host threads may take rows each, whatever their number the same bits come
/// out.
/// </summary>
internal interface IRowwise
{
    /// <summary>
    /// Names the operands. One that <see cref="RowOperands"/> does not take, or none at all, and the operation is executed
    /// as a whole.
    /// </summary>
    void Name(ref RowOperands operands);
}
