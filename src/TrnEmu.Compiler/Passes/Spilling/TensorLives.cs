using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Spilling;

/// <summary>The lives of the SBUF tensors of a core that the compiler places.</summary>
internal sealed class TensorLives
{
    private readonly TensorLife?[] _lives;
    private readonly AccessMap<bool>?[] _written;
    private readonly Program _program;
    private readonly int _core;

    /// <summary>Goes through the entries of the core once.</summary>
    public TensorLives(Program program, int core)
    {
        (_program, _core) = (program, core);
        _lives = new TensorLife?[program.Tensors.Count];
        _written = new AccessMap<bool>?[program.Tensors.Count];
        var entries = program.Cores[core].Entries;
        var homes = LoopHomes.Of(program, entries);
        var loops = new LoopCursor(entries);
        var effects = new EffectSink();
        for (var i = 0; i < entries.Count; i++)
        {
            loops.Enter(i);
            effects.Clear();
            entries[i].Operation.Effects(effects);
            foreach (ref readonly var effect in effects.Memory) Touch(effect, homes, loops.Current, i);
        }
    }

    /// <summary>The life of a tensor; null for one that the compiler does not place or nobody touches.</summary>
    public TensorLife? this[int tensor] => _lives[tensor];

    private void Touch(in MemoryEffect effect, LoopHomes? homes, LoopNode? loop, int entry)
    {
        var tensor = _program.TensorOf(effect.Pattern);
        if (tensor.Space != MemorySpace.Sbuf || tensor.IsPinned || tensor.Core != _core) return;
        var life = _lives[tensor.Id] ??= new TensorLife();
        var (first, last) = homes is null ? (entry, entry) : homes.Span(tensor.Id, loop, entry);
        life.Add(first, last, effect.Writes);

        // A loop inside may not run.
        if (effect.Kind != AccessKind.Write || effect.Pattern.IsDynamic || first != last) return;
        if (life.WholeFrom == int.MaxValue && IsWholeWith(effect.Pattern, tensor))
            life.WholeFrom = life.Touches.Count - 1;
    }

    private bool IsWholeWith(in AccessPattern pattern, Tensor tensor)
    {
        var map = _written[tensor.Id] ??= new AccessMap<bool>();
        var writing = new Writing();
        map.Apply(new AccessRuns(pattern, tensor with { Address = null }), ref writing);
        var asking = new Asking();
        map.ApplyRange(new AccessRange(0, tensor.BytesPerPartition, 0, tensor.Partitions), ref asking);
        return !asking.HasUnwritten;
    }

    private readonly struct Writing : IAccessVisitor<bool>
    {
        /// <inheritdoc/>
        public bool Visit(in AccessRange part, bool value) => true;
    }

    private struct Asking : IAccessVisitor<bool>
    {
        public bool HasUnwritten { get; private set; }

        /// <inheritdoc/>
        public bool Visit(in AccessRange part, bool value)
        {
            HasUnwritten |= !value;
            return value;
        }
    }
}
