using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Maps the tensors of a program to bytes. The physical binding puts SBUF and PSUM tensors at their addresses in the
/// memories of their core; the virtual one gives each tensor without an address bytes of its own, so that a kernel can
/// run before (or without) allocation. Operations run the same under both.
/// </summary>
public sealed class Binding : IDisposable
{
    private readonly List<NativeBlock> _owned = [];
    private readonly TensorArena? _arena;
    private Placement[] _places;

    private Binding(int tensors) => _places = new Placement[tensors];

    private Binding(TensorArena arena)
        : this(64) => _arena = arena;

    /// <summary>The bytes of a tensor.</summary>
    public Placement this[int tensor] => _places[tensor];

    /// <summary>Every SBUF and PSUM tensor at its address; each must have one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="shared">
    /// The bytes of HBM tensors that outlive the binding, such as weights that several programs use, each from the
    /// block's first byte on; null for tensors that the binding owns.
    /// </param>
    public static Binding Physical(Program program, Func<Tensor, NativeBlock?>? shared = null) =>
        Create(program, ownBytes: static _ => false, shared);

    /// <summary>Tensors that the user pinned at their address, the others each in bytes of their own.</summary>
    public static Binding Virtual(Program program) => Create(program, ownBytes: static t => !t.IsPinned, shared: null);

    /// <summary>
    /// A virtual binding that grows with a recording: a tensor gets its bytes when it is made and gives them back when
    /// it is freed; pinned ones lie in one SBUF and one PSUM for each core.
    /// </summary>
    internal static Binding Growing(TensorArena arena) => new(arena);

    /// <summary>Gives a tensor bytes; those of a pinned one are what is at its address.</summary>
    /// <exception cref="InsufficientMemoryException">The host does not grant that much.</exception>
    internal Placement Add(Tensor tensor)
    {
        if (tensor.Id >= _places.Length) Array.Resize(ref _places, Math.Max(tensor.Id + 1, 2 * _places.Length));
        return _places[tensor.Id] = _arena!.Take(tensor);
    }

    /// <summary>A tensor is made anew in its bytes.</summary>
    internal void Refill(Tensor tensor) => _arena!.Refill(tensor, _places[tensor.Id]);

    /// <summary>The tensor gives its bytes back.</summary>
    internal void Free(Tensor tensor) => _arena!.Return(tensor, _places[tensor.Id]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _arena?.Dispose();
        foreach (var block in _owned) block.Dispose();
        _owned.Clear();
    }

    private static Binding Create(Program program, Func<Tensor, bool> ownBytes, Func<Tensor, NativeBlock?>? shared)
    {
        var binding = new Binding(program.Tensors.Count);
        var memories = new Dictionary<(int Core, MemorySpace Space), Placement>();
        foreach (var tensor in program.Tensors.Span)
        {
            if (tensor.Space == MemorySpace.Hbm && shared?.Invoke(tensor) is { } block)
                binding._places[tensor.Id] = new Placement(block, 0, 0);
            else if (tensor.Space == MemorySpace.Hbm || ownBytes(tensor))
                binding._places[tensor.Id] = binding.Own(tensor);
            else
                binding._places[tensor.Id] = binding.OnChip(tensor, memories, program);
        }

        return binding;
    }

    private Placement Own(Tensor tensor)
    {
        if (tensor.Space == MemorySpace.Hbm) return new Placement(Allocate(tensor.Bytes), 0, 0);
        var stride = PaddedRow(tensor.BytesPerPartition);
        return new Placement(Allocate(stride * tensor.Partitions), 0, stride);
    }

    private Placement OnChip(Tensor tensor, Dictionary<(int Core, MemorySpace Space), Placement> memories, Program program)
    {
        var address = tensor.Address
            ?? throw new InvalidOperationException($"tensor {tensor.Name} has no address in {tensor.Space}");
        if (!memories.TryGetValue((tensor.Core, tensor.Space), out var memory))
        {
            var stride = PaddedRow(Extent(program, tensor.Core, tensor.Space));
            memory = new Placement(Allocate(stride * Limits.Partitions), 0, stride);
            memories.Add((tensor.Core, tensor.Space), memory);
        }

        return memory with { Offset = address.Partition * memory.PartitionStride + address.Byte };
    }

    /// <summary>Bytes of each partition that the program uses of a memory.</summary>
    private static long Extent(Program program, int core, MemorySpace space)
    {
        long end = 0;
        foreach (var t in program.Tensors.Span)
        {
            if (t.Core == core && t.Space == space && t.Address is { } a) end = Math.Max(end, a.Byte + t.BytesPerPartition);
        }

        return end;
    }

    /// <summary>
    /// Rows a power of two apart would share one cache set; an odd number of cache lines apart they do not.
    /// </summary>
    internal static long PaddedRow(long bytes) => ((bytes + 63) / 64 | 1) * 64;

    private NativeBlock Allocate(long bytes)
    {
        var block = new NativeBlock(bytes);
        _owned.Add(block);
        return block;
    }
}
