using System.Runtime.InteropServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// The bytes of one memory (SBUF, PSUM, HBM): zero at first, aligned to 2 MiB, and backed by pages only where they
/// have been touched, so that an HBM of many GiB costs what a program uses of it. The caller chooses the partition
/// stride; one that is not a multiple of 4 KiB keeps 128 partitions out of one cache set. Tiles and spans of a block
/// are valid until <see cref="Dispose"/>; who uses them keeps the block alive.
/// </summary>
public sealed unsafe class NativeBlock : IDisposable
{
    private const long Alignment = 2 << 20;

    private readonly nuint _reserved;
    private GCHandle _array;
    private void* _allocation;
    private byte* _base;

    /// <summary>Reserves <paramref name="length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <exception cref="InsufficientMemoryException">The host does not grant that much address space.</exception>
    public NativeBlock(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;

        // Room to align in; pages that are never touched cost nothing.
        _reserved = checked((nuint)(length + Alignment));
        _allocation = NativePages.Allocate(_reserved);
        if (_allocation is null) throw new InsufficientMemoryException($"{length} bytes for an emulated memory");
        _base = (byte*)(((nuint)_allocation + (nuint)Alignment - 1) & ~((nuint)Alignment - 1));
        NativePages.PreferHuge(_base, (nuint)(length / Alignment * Alignment));
    }

    /// <summary>
    /// The bytes of an array of the host, which stays where it is as long as the block lives: what is stored as a
    /// memory holds it needs no second copy. It has no alignment beyond the array's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The array is empty.</exception>
    public NativeBlock(byte[] array)
    {
        ArgumentOutOfRangeException.ThrowIfZero(array.Length);
        Length = array.Length;
        _array = GCHandle.Alloc(array, GCHandleType.Pinned);
        _base = (byte*)_array.AddrOfPinnedObject();
    }

    /// <summary>Frees a block that was not disposed of.</summary>
    ~NativeBlock() => Free();

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>
    /// The pattern of <paramref name="partitions"/> partitions and up to four levels (outermost first, strides in
    /// bytes) whose first element lies at <paramref name="byteOffset"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is not positive or an element is outside.</exception>
    public Tile Tile(
        long byteOffset, int partitions, long partitionStride, DType dtype, ReadOnlySpan<int> counts,
        ReadOnlySpan<long> byteStrides)
    {
        ObjectDisposedException.ThrowIf(_base is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counts.Length, 4);
        ArgumentOutOfRangeException.ThrowIfNotEqual(byteStrides.Length, counts.Length);
        Int128 low = byteOffset;
        Int128 high = (Int128)byteOffset + dtype.Size();
        Extend(partitions, partitionStride, ref low, ref high);
        for (var i = 0; i < counts.Length; i++)
            Extend(counts[i], byteStrides[i], ref low, ref high);
        if (low < 0 || high > Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(byteOffset), $"bytes {low} to {high} of a block of {Length} bytes");
        }

        return new Tile(_base + byteOffset, partitions, partitionStride, dtype, counts, byteStrides);
    }

    /// <summary>The <paramref name="length"/> bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside the block.</exception>
    public Span<byte> Span(long offset, int length)
    {
        Check(offset, length);
        return new Span<byte>(_base + offset, length);
    }

    /// <summary>Sets <paramref name="length"/> bytes from <paramref name="offset"/> on to one value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside the block.</exception>
    public void Fill(long offset, long length, byte value)
    {
        Check(offset, length);
        NativeMemory.Fill(_base + offset, (nuint)length, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static void Extend(int count, long stride, ref Int128 low, ref Int128 high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var reach = (Int128)stride * (count - 1);
        if (reach < 0)
            low += reach;
        else
            high += reach;
    }

    private void Check(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_base is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
    }

    private void Free()
    {
        if (_array.IsAllocated) _array.Free();
        else NativePages.Free(_allocation, _reserved);
        _allocation = null;
        _base = null;
    }
}
