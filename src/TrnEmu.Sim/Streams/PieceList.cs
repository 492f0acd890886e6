using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrnEmu.Sim.Streams;

/// <summary>
/// A list that grows by pieces of borrowed memory, each as long as all before it: nothing is copied as it grows, and
/// those that lend the memory keep a few large pieces where they would not keep many small ones.
/// </summary>
/// <typeparam name="T">Values.</typeparam>
internal sealed class PieceList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstLength = 1024;

    private readonly List<T[]> _pieces = [];
    private T[] _last = [];
    private int _used;
    private int _before;

    /// <summary>Number of values.</summary>
    public int Count => _before + _used;

    /// <summary>Number of pieces.</summary>
    public int Pieces => _pieces.Count;

    /// <summary>A further value, to be assigned: values of several fields are written where they stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Next()
    {
        var (last, used) = (_last, _used);
        if ((uint)used >= (uint)last.Length) return ref NextPiece();
        _used = used + 1;
        return ref last[used];
    }

    /// <summary>The values of a piece.</summary>
    public ReadOnlySpan<T> Piece(int index) =>
        index == _pieces.Count - 1 ? _last.AsSpan(0, _used) : _pieces[index];

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (var piece in _pieces) ArrayPool<T>.Shared.Return(piece);
        _pieces.Clear();
        (_last, _used, _before) = ([], 0, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref T NextPiece()
    {
        _before += _used;
        _last = ArrayPool<T>.Shared.Rent(Math.Max(FirstLength, _before));
        _pieces.Add(_last);
        _used = 1;
        return ref _last[0];
    }
}
