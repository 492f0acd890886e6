using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>
/// Rows of a segment of bytes with one history: <see cref="History"/> in a line of the cache. A segment is a chain of
/// cells, ascending and without gaps; the first stands for it and has its place among segments.
/// </summary>
internal struct Cell
{
    /// <summary>Readers that a cell has room for.</summary>
    public const int Room = 6;

    /// <summary>First byte of the segment.</summary>
    public int Start;

    /// <summary>One past its last byte.</summary>
    public int End;

    /// <summary>The segment that ends where it starts; 0 for none.</summary>
    public int Previous;

    /// <summary>The segment that starts where it ends; 0 for none.</summary>
    public int Next;

    /// <summary>One past the last row; the first is the end of the cell before, or 0.</summary>
    public int EndRow;

    /// <summary>The cell of the following rows; 0 for none.</summary>
    public int Above;

    /// <summary>The step that last wrote; 0 for none.</summary>
    public int Writer;

    /// <summary>The tensor through which all was written last, plus 1; 0 when it was not.</summary>
    public int Tensor;

    /// <summary>The steps that have read since, then zeros.</summary>
    public ReaderList Readers;

    /// <summary>More readers, where there is no room: a place in the table's list; 0 for none.</summary>
    public int More;

    private readonly int _fill;

    /// <summary>True when no step has touched it.</summary>
    public readonly bool IsBare => Writer == 0 && Tensor == 0 && Readers[0] == 0;

    /// <summary>Steps by number.</summary>
    [InlineArray(Room)]
    public struct ReaderList
    {
        private int _first;
    }
}
