using System.Numerics;
using System.Runtime.InteropServices;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Host bytes of the tensors of a growing binding. A tensor without an address takes a slot, of sizes a quarter of an
/// octave apart, that a freed tensor left or that is cut from a large block; the very large have blocks of their own.
/// Pinned tensors lie in the SBUF and PSUM of their core, which keep their bytes when a tensor is freed.
/// </summary>
/// <param name="chip">Sizes of SBUF and PSUM.</param>
/// <param name="fill">What a tensor holds when it is made.</param>
internal sealed class TensorArena(Chip chip, TensorFill fill) : IDisposable
{
    private const long BlockBytes = 64 << 20;
    private const long LargestSlot = BlockBytes / 4;
    private readonly List<NativeBlock> _blocks = [];
    private readonly Dictionary<long, Stack<(NativeBlock Block, long Offset)>> _slots = [];
    private readonly Dictionary<(int Core, MemorySpace Space), Placement> _memories = [];
    private NativeBlock? _current;
    private long _cut;

    /// <summary>Bytes that a tensor takes.</summary>
    public static long BytesOf(Tensor tensor)
    {
        var bytes = tensor.Space == MemorySpace.Hbm
            ? tensor.Bytes : Binding.PaddedRow(tensor.BytesPerPartition) * tensor.Partitions;
        return Slot(bytes);
    }

    /// <summary>A place for a tensor, filled; one with an address is where that says, and keeps what is there.</summary>
    /// <exception cref="InsufficientMemoryException">The host does not grant that much.</exception>
    public Placement Take(Tensor tensor)
    {
        if (tensor.Address is { } address) return Pinned(tensor, address);
        var size = BytesOf(tensor);
        var (block, offset) = Take(size);
        Fill(block, offset, size, fill.Word(tensor.DType));
        return new Placement(
            block, offset, tensor.Space == MemorySpace.Hbm ? 0 : Binding.PaddedRow(tensor.BytesPerPartition));
    }

    /// <summary>The place of a tensor is free.</summary>
    public void Return(Tensor tensor, in Placement place)
    {
        if (tensor.Address is not null) return;
        var size = BytesOf(tensor);
        if (size > LargestSlot)
        {
            _blocks.Remove(place.Block);
            place.Block.Dispose();
            return;
        }

        if (!_slots.TryGetValue(size, out var free)) _slots.Add(size, free = new());
        free.Push((place.Block, place.Offset));
    }

    /// <summary>A tensor is made anew at its place.</summary>
    public void Refill(Tensor tensor, in Placement place)
    {
        if (tensor.Address is null) Fill(place.Block, place.Offset, BytesOf(tensor), fill.Word(tensor.DType));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var block in _blocks) block.Dispose();
        _blocks.Clear();
    }

    private (NativeBlock Block, long Offset) Take(long size)
    {
        if (size > LargestSlot) return (Allocate(size), 0);
        if (_slots.TryGetValue(size, out var free) && free.TryPop(out var slot)) return slot;
        if (_current is null || _cut + size > BlockBytes) (_current, _cut) = (Allocate(BlockBytes), 0);
        _cut += size;
        return (_current, _cut - size);
    }

    private Placement Pinned(Tensor tensor, Address address)
    {
        if (!_memories.TryGetValue((tensor.Core, tensor.Space), out var memory))
        {
            var row = Binding.PaddedRow(tensor.Space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition);
            memory = new Placement(Allocate(row * Limits.Partitions), 0, row);
            if (fill == TensorFill.NaN) Fill(memory.Block, 0, memory.Block.Length, TensorFills.Unknown);
            _memories.Add((tensor.Core, tensor.Space), memory);
        }

        return memory with { Offset = address.Partition * memory.PartitionStride + address.Byte };
    }

    private NativeBlock Allocate(long bytes)
    {
        var block = new NativeBlock(bytes);
        _blocks.Add(block);
        return block;
    }

    /// <summary>The next size from 64 on of which there are four in each octave.</summary>
    private static long Slot(long bytes)
    {
        var step = Math.Max(64, (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(bytes, 1)) / 8);
        return (bytes + step - 1) / step * step;
    }

    private static void Fill(NativeBlock block, long offset, long length, uint word)
    {
        const int Piece = 1 << 30;
        for (; length > 0; offset += Piece, length -= Piece)
            MemoryMarshal.Cast<byte, uint>(block.Span(offset, (int)Math.Min(length, Piece))).Fill(word);
    }
}
