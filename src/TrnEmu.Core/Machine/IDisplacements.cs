using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>Where indices move dynamic patterns: a core that executes now, or what was noted when one did.</summary>
public interface IDisplacements
{
    /// <summary>
    /// Bytes by which its index moves a dynamic pattern, or row <paramref name="partition"/> of it when each has an
    /// index of its own.
    /// </summary>
    long Displacement(in AccessPattern pattern, int partition);

    /// <summary>
    /// Bytes by which the index of free element <paramref name="element"/> moves the group of partitions that begins
    /// with row <paramref name="partition"/>.
    /// </summary>
    long Displacement(in AccessPattern pattern, int partition, int element);
}
