using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// Lets an entry go before others only when the memory has room: for what lives then, and for what will live when all
/// the entries that are left follow in program order. So the next entry in program order can always go, and no order
/// needs more than its budget.
/// </summary>
internal sealed class RoomKeeper
{
    /// <summary>Makes entries that have gone count for nothing.</summary>
    private const long Gone = long.MinValue / 4;

    private readonly Residents _residents;
    private readonly int _start;
    private readonly int _end;
    private readonly int[] _tensors;
    private readonly int[] _ends;
    private readonly bool[] _hasGone;
    private readonly Dictionary<int, Stay> _stays = [];
    private readonly Room[] _rooms;

    /// <summary>Room for the entries [start, end), each budget at least what program order needs there.</summary>
    public RoomKeeper(Residents residents, int start, int end, long sbufBudget, long psumBudget)
    {
        (_residents, _start, _end) = (residents, start, end);
        (_tensors, _ends) = residents.Touches(start, end);
        _hasGone = new bool[end - start];
        _rooms =
        [
            new Room(residents.Sbuf.AsSpan(start..end), sbufBudget),
            new Room(residents.Psum.AsSpan(start..end), psumBudget),
        ];
        for (var i = 0; i < end - start; i++)
        {
            foreach (var tensor in Touched(i))
            {
                if (!_stays.TryGetValue(tensor, out var stay)) _stays.Add(tensor, stay = NewStay(tensor));
                stay.Touches.Add(i);
            }
        }

        foreach (var stay in _stays.Values) stay.Last = stay.Touches.Count - 1;
        (_rooms[0].Now, _rooms[1].Now) = (residents.Sbuf[start], residents.Psum[start]);
        foreach (var tensor in Touched(0))
        {
            if (!_stays[tensor].IsThere) _stays[tensor].Room.Now -= _stays[tensor].Size;
        }
    }

    /// <summary>The first entry in program order that has not gone.</summary>
    public int Frontier { get; private set; }

    /// <summary>
    /// Counts how often room was given back; while it stays the same, what was refused is refused again.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>Lets an entry go if there is room; says whether.</summary>
    public bool TryGo(int entry)
    {
        if (entry != Frontier && !HasRoom(entry)) return false;
        _hasGone[entry] = true;
        var version = Version;
        Apply(entry);
        if (entry != Frontier && Array.Exists(_rooms, r => r.Largest > r.Budget))
        {
            _hasGone[entry] = false;
            Undo(entry);
            Version = version;
            return false;
        }

        Advance();
        return true;
    }

    private ReadOnlySpan<int> Touched(int entry) => _tensors.AsSpan((entry == 0 ? 0 : _ends[entry - 1]).._ends[entry]);

    private Stay NewStay(int tensor)
    {
        var (first, last) = _residents.Range(tensor);
        return new Stay(_residents.Size(tensor), _rooms[_residents.Space(tensor) == MemorySpace.Sbuf ? 0 : 1])
        {
            IsThere = first < _start,
            Stays = last >= _end,
        };
    }

    private bool HasRoom(int entry)
    {
        foreach (var room in _rooms) room.Wanted = room.Now;
        foreach (var tensor in Touched(entry))
        {
            var stay = _stays[tensor];
            if (!stay.IsThere) stay.Room.Wanted += stay.Size;
        }

        return Array.TrueForAll(_rooms, r => r.Wanted <= r.Budget);
    }

    private void Apply(int entry)
    {
        foreach (var tensor in Touched(entry))
        {
            var stay = _stays[tensor];
            stay.Room.Add(stay, -1, _hasGone.Length);
            (stay.BeforeFirst, stay.BeforeLast, stay.WasThere) = (stay.First, stay.Last, stay.IsThere);
            if (!stay.IsThere) stay.Room.Now += stay.Size;
            stay.IsThere = true;
            while (stay.First <= stay.Last && _hasGone[stay.Touches[stay.First]]) stay.First++;
            while (stay.Last >= stay.First && _hasGone[stay.Touches[stay.Last]]) stay.Last--;
            stay.Room.Add(stay, 1, _hasGone.Length);
            if (!stay.IsOver) continue;
            stay.Room.Now -= stay.Size;
            Version++;
        }
    }

    private void Undo(int entry)
    {
        foreach (var tensor in Touched(entry))
        {
            var stay = _stays[tensor];
            stay.Room.Add(stay, -1, _hasGone.Length);
            if (stay.IsOver) stay.Room.Now += stay.Size;
            (stay.First, stay.Last, stay.IsThere) = (stay.BeforeFirst, stay.BeforeLast, stay.WasThere);
            if (!stay.IsThere) stay.Room.Now -= stay.Size;
            stay.Room.Add(stay, 1, _hasGone.Length);
        }
    }

    private void Advance()
    {
        var before = Frontier;
        while (Frontier < _hasGone.Length && _hasGone[Frontier]) Frontier++;
        if (Frontier == before) return;
        foreach (var room in _rooms) room.Forget(before, Frontier - 1);
        Version++;
    }

    /// <summary>A tensor, and which of the entries that touch it are left.</summary>
    private sealed class Stay(long size, Room room)
    {
        public long Size => size;

        public Room Room => room;

        public List<int> Touches { get; } = [];

        /// <summary>Index of the first touch that is left.</summary>
        public int First { get; set; }

        /// <summary>Index of the last touch that is left.</summary>
        public int Last { get; set; }

        /// <summary>It holds bytes already.</summary>
        public bool IsThere { get; set; }

        /// <summary>It holds them beyond the last entry.</summary>
        public bool Stays { get; init; }

        /// <summary><see cref="First"/> before the last entry was tried.</summary>
        public int BeforeFirst { get; set; }

        /// <summary><see cref="Last"/> before the last entry was tried.</summary>
        public int BeforeLast { get; set; }

        /// <summary><see cref="IsThere"/> before the last entry was tried.</summary>
        public bool WasThere { get; set; }

        /// <summary>Nobody needs it any more.</summary>
        public bool IsOver => First > Last && !Stays;
    }

    /// <summary>One memory: what lives at each entry if those that are left follow in program order.</summary>
    private sealed class Room(ReadOnlySpan<long> live, long budget)
    {
        private readonly RangeMaximum _live = new(live);

        public long Budget => budget;

        public long Largest => _live.Largest;

        /// <summary>Bytes held now.</summary>
        public long Now { get; set; }

        public long Wanted { get; set; }

        public void Add(Stay stay, int sign, int entries)
        {
            if (stay.IsOver) return;
            var first = stay.IsThere ? 0 : stay.Touches[stay.First];
            var last = stay.Stays ? entries - 1 : stay.Touches[stay.Last];
            _live.Add(first, last, sign * stay.Size);
        }

        public void Forget(int first, int last) => _live.Add(first, last, Gone);
    }
}
