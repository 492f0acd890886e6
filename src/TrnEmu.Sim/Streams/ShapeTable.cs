using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the different transfers of a program in the order in which they come.</summary>
internal sealed class ShapeTable
{
    private readonly Dictionary<DmaTransfer, int> _shapes = new(new ByFields());
    private readonly List<TransferShape> _all = [];

    /// <summary>The shapes by their numbers.</summary>
    public TransferShape[] Shapes => [.. _all];

    /// <summary>The shape of that number.</summary>
    public TransferShape this[int number] => _all[number];

    /// <summary>The number of a transfer's shape.</summary>
    public int Add(in DmaTransfer transfer)
    {
        if (_shapes.TryGetValue(transfer, out var number)) return number;
        _shapes.Add(transfer, number = _all.Count);
        _all.Add(new TransferShape(transfer));
        return number;
    }

    /// <summary>Hashes what mostly tells transfers of one program apart; a record hashes everything.</summary>
    private sealed class ByFields : IEqualityComparer<DmaTransfer>
    {
        public bool Equals(DmaTransfer x, DmaTransfer y) => x == y;

        public int GetHashCode(DmaTransfer t) => HashCode.Combine(
            t.RowBytes, t.Rows, t.StartPartition, t.RunsPerRow,
            ((int)t.Source << 16) | ((int)t.Destination << 8) | (int)t.Kind);
    }
}
