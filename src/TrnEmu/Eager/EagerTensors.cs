using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Eager;

/// <summary>
/// The tensors of an eager run: they get their bytes when they are made and give them back when the last view of them
/// has gone. A tensor that a loop makes anew in each iteration has one id, and counts how many of its makings live.
/// Where no trace is kept, ids are used again.
/// </summary>
internal sealed class EagerTensors(ProgramRecording recording, Binding binding, Chip chip, EagerOptions options)
{
    private const int LongestName = 64;
    private readonly TensorNames _names = new();
    private readonly Stack<int> _unused = [];
    private readonly HashSet<int> _freedInLoops = [];
    private readonly List<int> _living = [];
    private long _hostBytes;
    private long _hbmBytes;

    /// <summary>Makes a tensor with its bytes.</summary>
    /// <exception cref="TrnException">
    /// TRN4104, TRN4002, TRN4001: it cannot exist on the chip; TRN1003: the host's limit.
    /// </exception>
    public Tensor Add(in TensorRequest request)
    {
        TensorDeclaration.Check("t", request.Space, request.Shape.Span, request.Span);
        var isReused = _unused.TryPop(out var id);
        var name = Legal(request.Name, request.Space);
        var tensor = new Tensor(
            isReused ? id : recording.TensorCount, options.Keep ? _names.Unique(name) : name, request.Space,
            request.DType, request.Shape)
        {
            Core = request.IsShared ? 0 : request.Core,
            Role = request.Role,
            Address = request.Space == MemorySpace.Hbm ? null : request.Address,
            IsPinned = request.Space != MemorySpace.Hbm && request.Address is not null,
            Span = request.Span,
        };
        Check(tensor);
        TakeBytes(tensor);
        if (isReused) recording.Replace(tensor);
        else recording.Add(tensor);
        while (_living.Count <= tensor.Id) _living.Add(0);
        _living[tensor.Id] = 1;
        if (options.Keep && tensor.Space == MemorySpace.Hbm) _hbmBytes += tensor.Bytes;
        return tensor;
    }

    /// <summary>Makes a tensor again that an earlier iteration made.</summary>
    public void AddAgain(Tensor tensor)
    {
        if (_living[tensor.Id]++ == 0) TakeBytes(tensor);
        else binding.Refill(tensor);
    }

    /// <summary>True for the id of a tensor that has its bytes.</summary>
    public bool IsLiving(int id) => id >= 0 && id < _living.Count && _living[id] > 0;

    /// <summary>All loops have ended: ids of tensors that they made can be used again.</summary>
    public void EndLoops()
    {
        foreach (var id in _freedInLoops)
        {
            if (!IsLiving(id)) _unused.Push(id);
        }

        _freedInLoops.Clear();
    }

    /// <summary>One making of the tensor has gone; true when none is left.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="isInLoop">A loop may make it again.</param>
    public bool Free(Tensor tensor, bool isInLoop)
    {
        if (!IsLiving(tensor.Id) || --_living[tensor.Id] > 0) return false;
        binding.Free(tensor);
        if (!tensor.IsPinned) _hostBytes -= TensorArena.BytesOf(tensor);
        if (options.Keep || tensor.IsPinned) return true;
        if (tensor.Space == MemorySpace.Hbm) _hbmBytes -= tensor.Bytes;
        if (isInLoop) _freedInLoops.Add(tensor.Id);
        else _unused.Push(tensor.Id);
        return true;
    }

    private void TakeBytes(Tensor tensor)
    {
        var bytes = tensor.IsPinned ? 0 : TensorArena.BytesOf(tensor);
        if (bytes > options.Run.MaxMemory - _hostBytes) throw TooMuch(tensor, bytes);
        try
        {
            binding.Add(tensor);
        }
        catch (InsufficientMemoryException)
        {
            throw EagerFaults.Bad(Emulator.Limit, $"{tensor.Name} {tensor.TypeText} needs {bytes} bytes, which the host does not have", tensor.Span);
        }

        _hostBytes += bytes;
        if (!options.Keep && tensor.Space == MemorySpace.Hbm) _hbmBytes += tensor.Bytes;
    }

    private TrnException TooMuch(Tensor tensor, long bytes) => EagerFaults.Bad(
        Emulator.Limit,
        FormattableString.Invariant($"{tensor.Name} {tensor.TypeText} needs {bytes} bytes of the host, {_hostBytes} are in use, ")
        + FormattableString.Invariant($"limit {options.Run.MaxMemory} (--max-memory)"),
        tensor.Span);

    private void Check(Tensor tensor)
    {
        if (tensor.Space == MemorySpace.Hbm)
        {
            var capacity = (long)chip.HbmBytes.Value;
            if (tensor.Bytes > capacity - _hbmBytes) throw Full(tensor, tensor.Bytes, "HBM", capacity - _hbmBytes, capacity);
            return;
        }

        Addresses.Check([tensor], chip);
        long limit = tensor.Space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition;
        if (tensor.BytesPerPartition <= limit) return;
        throw EagerFaults.Bad(
            PassCodes.Capacity,
            FormattableString.Invariant($"{tensor.Name} {tensor.TypeText} has {tensor.BytesPerPartition} bytes in each partition, ")
            + FormattableString.Invariant($"limit {limit}: {tensor.Space.Title()} of {chip.Name} has no more"),
            tensor.Span);
    }

    private static TrnException Full(Tensor tensor, long bytes, string memory, long free, long capacity) => EagerFaults.Bad(
        PassCodes.Capacity,
        FormattableString.Invariant($"{tensor.Name} {tensor.TypeText} needs {bytes} bytes of {memory}, {free} of {capacity} are free"),
        tensor.Span);

    private static string Legal(string name, MemorySpace space)
    {
        if (name.Length == 0) return space.Name();
        Span<char> legal = stackalloc char[Math.Min(name.Length, LongestName) + 1];
        var length = 0;
        if (char.IsAsciiDigit(name[0])) legal[length++] = '_';
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, LongestName)))
            legal[length++] = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '_';
        return new string(legal[..length]);
    }
}
