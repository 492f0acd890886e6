using System.Runtime.InteropServices;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// The SBUF and PSUM tensors of a core that the allocator places, with the bytes they take in each partition, and how
/// many of them live at each entry when the core goes in program order.
/// </summary>
internal sealed class Residents
{
    private readonly Program _program;
    private readonly int _core;
    private readonly LiveRanges _ranges;
    private readonly long[] _sizes;

    /// <summary>Of the tensors of one core.</summary>
    public Residents(Program program, int core, Chip chip)
    {
        (_program, _core, _ranges) = (program, core, new LiveRanges(program, core));
        _sizes = new long[program.Tensors.Count];
        foreach (var tensor in program.Tensors.Span)
        {
            if (tensor.Space == MemorySpace.Hbm || tensor.IsPinned || tensor.Core != core) continue;
            var unit = tensor.Space == MemorySpace.Sbuf ? Allocate.SbufAlignment : chip.PsumBankBytes.ToInt32();
            _sizes[tensor.Id] = (tensor.BytesPerPartition + unit - 1) / unit * unit;
        }

        Sbuf = Live(MemorySpace.Sbuf);
        Psum = Live(MemorySpace.Psum);
    }

    /// <summary>Live bytes of SBUF at each entry.</summary>
    public long[] Sbuf { get; }

    /// <summary>Live bytes of PSUM at each entry.</summary>
    public long[] Psum { get; }

    /// <summary>First and last entry at which a tensor lives.</summary>
    public (int First, int Last) Range(int tensor) => _ranges[tensor];

    /// <summary>Bytes that a tensor takes in each partition; 0 when the allocator does not place it.</summary>
    public long Size(int tensor) => _sizes[tensor];

    /// <summary>The memory of a tensor.</summary>
    public MemorySpace Space(int tensor) => _program.Tensors.Span[tensor].Space;

    /// <summary>
    /// The tensors that entries [first, end) touch, each entry's together, with the end of each entry's.
    /// </summary>
    public (int[] Tensors, int[] Ends) Touches(int first, int end)
    {
        var (tensors, ends, effects) = (new List<int>(), new int[end - first], new EffectSink());
        for (var i = first; i < end; i++)
        {
            effects.Clear();
            _program.Cores[_core].Entries.Span[i].Operation.Effects(effects);
            var start = tensors.Count;
            foreach (ref readonly var effect in effects.Memory)
            {
                var tensor = effect.Pattern.Tensor;
                if (_sizes[tensor] > 0 && !CollectionsMarshal.AsSpan(tensors)[start..].Contains(tensor))
                    tensors.Add(tensor);
            }

            ends[i - first] = tensors.Count;
        }

        return ([.. tensors], ends);
    }

    private long[] Live(MemorySpace space)
    {
        var live = new long[_program.Cores[_core].Entries.Count + 1];
        foreach (var tensor in _program.Tensors.Span)
        {
            var (first, last) = _ranges[tensor.Id];
            if (tensor.Space != space || first < 0) continue;
            live[first] += _sizes[tensor.Id];
            live[last + 1] -= _sizes[tensor.Id];
        }

        for (var i = 1; i < live.Length; i++) live[i] += live[i - 1];
        return live;
    }
}
