using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Leaves out fills (what writes one operand and reads nothing) whose every element is overwritten before anything reads
/// it. Kernels clear PSUM before they sum there, but the first product of a sum overwrites. Judged over program order
/// for on-chip tensors that have no address of the user's and no part in a device loop; a fill that nothing ever
/// overwrites stays.
/// </summary>
public static class DropDeadFills
{
    /// <summary>The program without them.</summary>
    public static Program Run(Program program, CompileOptions options)
    {
        var dropped = new List<Operation>();
        var cores = program.Cores.Select((core, c) => core with { Entries = [.. Kept(program, core, dropped)] }).ToArray();
        if (dropped.Count == 0) return program;
        foreach (var line in dropped.GroupBy(o => (o.Info.Name, o.Span)).Reverse()) options.Warn?.Invoke(Describe(line));
        return program with { Cores = [.. cores] };
    }

    private static Entry[] Kept(Program program, CoreProgram core, List<Operation> dropped)
    {
        var entries = core.Entries.Span;
        var kept = new List<Entry>(entries.Length);
        var futures = new Futures(program, entries);
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (futures.IsDead(entries[i])) dropped.Add(entries[i].Operation);
            else kept.Add(entries[i]);
        }

        kept.Reverse();
        return [.. kept];
    }

    private static Diagnostic Describe(IGrouping<(string Name, SourceSpan Span), Operation> line)
    {
        var count = line.Count();
        return Diagnostic.Warning(
            PassCodes.DeadFill,
            FormattableString.Invariant($"{line.Key.Name} has no effect{(count == 1 ? "" : $" {count} times")} and is left out: ")
            + "what it writes is overwritten before anything reads it",
            line.Key.Span);
    }

    /// <summary>What happens next to an element.</summary>
    private enum Next : byte
    {
        Nothing,
        Read,
        Overwritten,
    }

    /// <summary>Of every element of the tensors that are judged, what happens to it after the entry that is looked at.</summary>
    private sealed class Futures
    {
        private readonly Program _program;
        private readonly AccessMap<Next>?[] _maps;
        private readonly bool[] _isLeftAlone;
        private readonly EffectSink _effects = new();

        public Futures(Program program, ReadOnlySpan<Entry> entries)
        {
            _program = program;
            _maps = new AccessMap<Next>?[program.Tensors.Count];
            _isLeftAlone = [.. program.Tensors.Select(t => t.Space == MemorySpace.Hbm || t.IsPinned)];
            var depth = 0;
            foreach (ref readonly var entry in entries)
            {
                if (entry.Operation is IControlFlow control) depth += control.Nesting;
                foreach (ref readonly var effect in EffectsOf(entry))
                {
                    if (depth > 0 || effect.Pattern.IsDynamic) _isLeftAlone[effect.Pattern.Tensor] = true;
                }
            }
        }

        /// <summary>Takes the entry in; true when it is a fill without effect, which then leaves no trace.</summary>
        public bool IsDead(in Entry entry)
        {
            var memory = EffectsOf(entry);
            if (IsFill(entry, memory) && IsOverwritten(memory[0].Pattern)) return true;
            foreach (ref readonly var effect in memory)
            {
                if (effect.Kind == AccessKind.Write) Set(effect.Pattern, Next.Overwritten);
            }

            foreach (ref readonly var effect in memory)
            {
                if (effect.Kind is AccessKind.Read or AccessKind.Accumulate) Set(effect.Pattern, Next.Read);
            }

            return false;
        }

        private ReadOnlySpan<MemoryEffect> EffectsOf(in Entry entry)
        {
            _effects.Clear();
            entry.Operation.Effects(_effects);
            return _effects.Memory;
        }

        private bool IsFill(in Entry entry, ReadOnlySpan<MemoryEffect> memory) =>
            memory is [{ Kind: AccessKind.Write }] && _effects.State.Length == 0 && entry.Operation is not IMeeting
            && !entry.Operation.Info.Attribute.IsDma && entry.Waits.Count == 0 && entry.Signals.Count == 0
            && !_isLeftAlone[memory[0].Pattern.Tensor];

        private bool IsOverwritten(in AccessPattern pattern)
        {
            if (_maps[pattern.Tensor] is not { } map) return false;
            var visitor = new Judge();
            map.Apply(new AccessRuns(pattern, _program.TensorOf(pattern)), ref visitor);
            return !visitor.IsNeeded;
        }

        private void Set(in AccessPattern pattern, Next next)
        {
            if (_isLeftAlone[pattern.Tensor]) return;
            var map = _maps[pattern.Tensor] ??= new AccessMap<Next>();
            var visitor = new Marker(next);
            map.Apply(new AccessRuns(pattern, _program.TensorOf(pattern)), ref visitor);
        }
    }

    private struct Judge : IAccessVisitor<Next>
    {
        public bool IsNeeded { get; private set; }

        public Next Visit(in AccessRange part, Next value)
        {
            IsNeeded |= value != Next.Overwritten;
            return value;
        }
    }

    private readonly struct Marker(Next next) : IAccessVisitor<Next>
    {
        public Next Visit(in AccessRange part, Next value) => next;
    }
}
