using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Which loop each tensor belongs to: the innermost around all that touches it.</summary>
internal sealed class LoopHomes
{
    private readonly Home?[] _homes;

    private LoopHomes(int tensors) => _homes = new Home?[tensors];

    /// <summary>The loops of the tensors that the entries touch; null when there are no loops.</summary>
    public static LoopHomes? Of(Program program, EquatableArray<Entry> entries)
    {
        if (!entries.Any(e => e.Operation is IControlFlow)) return null;
        var homes = new LoopHomes(program.Tensors.Count);
        var effects = new EffectSink();
        var loops = new LoopCursor(entries);
        for (var i = 0; i < entries.Count; i++)
        {
            loops.Enter(i);
            effects.Clear();
            entries[i].Operation.Effects(effects);
            foreach (ref readonly var effect in effects.Memory) homes.Touch(program, effect, loops.Current);
        }

        return homes;
    }

    /// <summary>The entries over which the tensor must live because an entry touches it.</summary>
    public (int First, int Last) Span(int tensor, LoopNode? loop, int entry)
    {
        var home = _homes[tensor]!;
        if (home.Loop is { } own && home.OutlivesIterations) return (own.At(1)!.Begin, own.At(1)!.End);
        var depth = home.Loop?.Depth ?? 0;
        return loop?.At(depth + 1) is { } inner && inner.Depth > depth ? (inner.Begin, inner.End) : (entry, entry);
    }

    private void Touch(Program program, in MemoryEffect effect, LoopNode? loop)
    {
        var tensor = program.TensorOf(effect.Pattern);
        if (_homes[tensor.Id] is not { } home)
        {
            _homes[tensor.Id] = new Home
            {
                Loop = loop,
                First = loop,
                IsWrittenFirst = effect.Kind == AccessKind.Write,
                IsWhollyWritten = effect.Kind == AccessKind.Write && effect.Pattern.Elements == tensor.Elements,
            };
            return;
        }

        while (home.Loop is not null && loop?.At(home.Loop.Depth)?.Begin != home.Loop.Begin)
            home.Loop = home.Loop.Parent;
        if (effect.Writes && loop?.Begin != home.Loop?.Begin) home.IsWrittenInside = true;
    }

    private sealed class Home
    {
        /// <summary>The loop around all touches so far.</summary>
        public LoopNode? Loop { get; set; }

        /// <summary>The loop around the first touch.</summary>
        public LoopNode? First { get; init; }

        public bool IsWrittenFirst { get; init; }

        public bool IsWhollyWritten { get; init; }

        /// <summary>Some loop inside, which may not run, writes it.</summary>
        public bool IsWrittenInside { get; set; }

        /// <summary>An iteration may read what one before it wrote.</summary>
        public bool OutlivesIterations =>
            !IsWrittenFirst || First?.Begin != Loop?.Begin || (IsWrittenInside && !IsWhollyWritten);
    }
}
