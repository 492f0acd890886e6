using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Numbers the different transfers of a program in the order in which they come.</summary>
internal sealed class ShapeTable
{
    private readonly Dictionary<DmaTransfer, int> _shapes = new(new ByFields());
    private readonly List<TransferShape> _all = [];

    /// <summary>The shapes by their numbers.</summary>
    public TransferShape[] Shapes => [.. _all];

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

        // Bits of a product depend on those below them only.
        public int GetHashCode(DmaTransfer t) => (int)(((ulong)t.RowBytes * 0x9E3779B97F4A7C15
            + (uint)t.Rows * 0xC2B2AE3D27D4EB4FUL + (uint)t.StartPartition * 0x165667B19E3779F9UL
            + (((ulong)t.Source << 16) | ((ulong)t.Destination << 8) | (ulong)t.Kind | ((ulong)t.RunsPerRow << 24))
            * 0x27D4EB2F165667C5) >> 33);
    }
}
