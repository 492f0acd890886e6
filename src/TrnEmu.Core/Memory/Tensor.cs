using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Memory;

/// <summary>
/// A named array in one memory. In SBUF and PSUM the first extent counts partitions and the others are the free
/// dimension, contiguous in each partition; in HBM the array is row-major.
/// </summary>
/// <param name="Id">Index in <see cref="Isa.Program.Tensors"/>.</param>
/// <param name="Name">Unique in the program; letters, digits, '_' and '.', not starting with a digit.</param>
/// <param name="Space">The memory it lives in.</param>
/// <param name="DType">Type of the elements as declared; an access pattern may read the bytes as another type.</param>
/// <param name="Shape">Extents, outermost first, each at least 1; at least one.</param>
public sealed record Tensor(int Id, string Name, MemorySpace Space, DType DType, EquatableArray<int> Shape)
{
    /// <summary>What the tensor is to the program.</summary>
    public TensorRole Role { get; init; } = TensorRole.Internal;

    /// <summary>The core that owns it. HBM is shared, but each HBM tensor has an owner.</summary>
    public int Core { get; init; }

    /// <summary>Where it lies in SBUF or PSUM, once known.</summary>
    public Address? Address { get; init; }

    /// <summary>True when the user gave the address: dependences then go by bytes, and tensors may overlap.</summary>
    public bool IsPinned { get; init; }

    /// <summary>What fills an input or constant before the program starts.</summary>
    public TensorContent? Content { get; init; }

    /// <summary>Where the user made it.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Number of elements.</summary>
    public long Elements
    {
        get
        {
            long n = 1;
            foreach (var extent in Shape.Span) n *= extent;
            return n;
        }
    }

    /// <summary>Total bytes over all partitions.</summary>
    public long Bytes => Elements * DType.Size();

    /// <summary>Partitions of an SBUF or PSUM tensor.</summary>
    public int Partitions => Shape[0];

    /// <summary>Bytes in each partition of an SBUF or PSUM tensor.</summary>
    public long BytesPerPartition => Bytes / Shape[0];

    /// <summary><c>fp32[128,512]</c>.</summary>
    public string TypeText => $"{DType.Name()}[{string.Join(',', Shape)}]";
}

/// <summary>A place in SBUF or PSUM.</summary>
/// <param name="Partition">First partition.</param>
/// <param name="Byte">Byte within each partition.</param>
public readonly record struct Address(int Partition, int Byte);

/// <summary>What a tensor is to its program.</summary>
public enum TensorRole : byte
{
    /// <summary>Made and used by the program alone.</summary>
    Internal,

    /// <summary>Given by the caller before the run; HBM.</summary>
    Input,

    /// <summary>Read by the caller after the run; HBM.</summary>
    Output,

    /// <summary>Given and read back: updated in place; HBM.</summary>
    InOut,

    /// <summary>Fixed values that lie beside the program; HBM.</summary>
    Constant,
}
