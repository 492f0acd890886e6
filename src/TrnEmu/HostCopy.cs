using TrnEmu.Core.Machine;

namespace TrnEmu;

/// <summary>Moves HBM tensors between the host's arrays and the emulated memory.</summary>
internal static class HostCopy
{
    /// <summary>Copies bytes into a tensor.</summary>
    public static void Write(in Placement place, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(place.Block.Span(place.Offset, bytes.Length));

    /// <summary>Copies a tensor out.</summary>
    public static byte[] Read(in Placement place, long bytes) => place.Block.Span(place.Offset, checked((int)bytes)).ToArray();
}
