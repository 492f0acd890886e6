using TrnEmu.Core.Machine;

namespace TrnEmu;

/// <summary>Reads HBM tensors into arrays of the host.</summary>
internal static class HostCopy
{
    /// <summary>Copies a tensor out.</summary>
    public static byte[] Read(in Placement place, long bytes) => place.Block.Span(place.Offset, checked((int)bytes)).ToArray();
}
