using System.Buffers;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// What operations became, as whole numbers that are written one after the other and read back once: for each operation
/// a head, its works, and the shape of its transfer if it has one. The memory is borrowed.
/// </summary>
internal sealed class ExpansionLog : IDisposable
{
    private const int PieceLength = 1 << 14;
    private const int HasTransfer = 1, IsMeeting = 2, CountShift = 2;

    private readonly List<int[]> _pieces = [];
    private int[] _piece = [];
    private int _at;
    private int _read;

    /// <summary>Writes the head of an operation.</summary>
    public void Begin(int instructions, bool isMeeting, bool hasTransfer) =>
        Add((instructions << CountShift) | (isMeeting ? IsMeeting : 0) | (hasTransfer ? HasTransfer : 0));

    /// <summary>Writes a number.</summary>
    public void Add(int number)
    {
        if (_at == _piece.Length) AddPiece();
        _piece[_at++] = number;
    }

    /// <summary>Ends writing: the next number read is the first.</summary>
    public void Rewind() => (_piece, _at, _read) = ([], 0, 0);

    /// <summary>Reads the head of an operation.</summary>
    public (int Instructions, bool IsMeeting, bool HasTransfer) NextHead()
    {
        var head = Next();
        return (head >> CountShift, (head & IsMeeting) != 0, (head & HasTransfer) != 0);
    }

    /// <summary>Reads the next number.</summary>
    public int Next()
    {
        if (_at == _piece.Length) (_piece, _at) = (_pieces[_read++], 0);
        return _piece[_at++];
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (var piece in _pieces) ArrayPool<int>.Shared.Return(piece);
        _pieces.Clear();
        Rewind();
    }

    private void AddPiece()
    {
        (_piece, _at) = (ArrayPool<int>.Shared.Rent(PieceLength), 0);
        _pieces.Add(_piece);
    }
}
