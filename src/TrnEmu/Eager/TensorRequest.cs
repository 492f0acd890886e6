using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Eager;

/// <summary>A tensor that a kernel makes.</summary>
/// <param name="Name">A name for people: made legal and unique.</param>
/// <param name="Space">Its memory.</param>
/// <param name="DType">Type of its elements.</param>
/// <param name="Shape">Extents, outermost first; on chip the first counts partitions.</param>
public readonly record struct TensorRequest(string Name, MemorySpace Space, DType DType, EquatableArray<int> Shape)
{
    /// <summary>The core that makes it.</summary>
    public int Core { get; init; }

    /// <summary>What it is to the kernel.</summary>
    public TensorRole Role { get; init; }

    /// <summary>Where the user wants it, on chip.</summary>
    public Address? Address { get; init; }

    /// <summary>All cores use it; HBM.</summary>
    public bool IsShared { get; init; }

    /// <summary>The user's line.</summary>
    public SourceSpan Span { get; init; }
}
