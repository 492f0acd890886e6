using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Decides which engine triggers each DMA and on which queue; an engine or queue that the user named stays.
/// <list type="bullet">
/// <item>What only reads HBM (a load) is triggered by Sync, which has nothing else to do, so that loads run ahead of
/// the computation as far as buffers allow.</item>
/// <item>What reads SBUF (a store) waits for a result. It must not stand before loads, so another engine triggers it,
/// on another queue: GpSimd, whose trigger is the cheapest (39-46 ns against 58 on Sync) and starts the first packet
/// soonest (745-786 ns against 895-924). Scalar would do it too, but a waiting store would hold up its
/// activations.</item>
/// <item>A gather or scatter by an index tensor is triggered by GpSimd, whose software builds the descriptors; hardware
/// descriptor generation serves Sync and Scalar only, and no index tensors. Scalar offsets go the way of loads and
/// stores.</item>
/// <item>What GpSimd cannot trigger (a store with dge_mode hwdge) is triggered by Scalar.</item>
/// </list>
/// Each (engine, direction) has a queue of its own; transfers of one queue complete in order.
/// </summary>
public static class PlanDma
{
    private static readonly Engine[] QueueOwners = [Engine.Sync, Engine.GpSimd, Engine.Scalar, Engine.Vector, Engine.Tensor];

    /// <summary>The program with an engine and a queue for every DMA.</summary>
    public static Program Run(Program program, Chip chip)
    {
        var effects = new EffectSink();
        return program.Rewrite((entry, core) => entry.Operation.Info.Attribute.IsDma ? Plan(entry, core, program, chip, effects) : entry);
    }

    private static Entry Plan(in Entry entry, int core, Program program, Chip chip, EffectSink effects)
    {
        effects.Clear();
        entry.Operation.Effects(effects);
        var (isStore, isIndexed) = (false, false);
        foreach (ref readonly var effect in effects.Memory)
        {
            isIndexed |= effect.Pattern.Dynamic.Kind == OffsetKind.Vector;
            isStore |= effect.Kind == AccessKind.Read && program.SpaceOf(effect.Pattern) == MemorySpace.Sbuf
                && !IsIndex(effect.Pattern, effects.Memory);
        }

        var engine = entry.Engine != Engine.None ? entry.Engine : isStore || isIndexed ? Engine.GpSimd : Engine.Sync;
        if (entry.Engine == Engine.None && !program.Accepts(entry with { Engine = engine }, chip, core)) engine = Engine.Scalar;
        var queue = entry.Queue >= 0 ? entry.Queue : 2 * Array.IndexOf(QueueOwners, engine) + (isStore ? 1 : 0);
        return entry with { Engine = engine, Queue = queue };
    }

    /// <summary>True when the pattern is the index of another operand, not data that is moved.</summary>
    private static bool IsIndex(in AccessPattern pattern, ReadOnlySpan<MemoryEffect> effects)
    {
        foreach (ref readonly var effect in effects)
        {
            var dynamic = effect.Pattern.Dynamic;
            if (dynamic.Kind is OffsetKind.Scalar or OffsetKind.Vector && dynamic.Source == pattern.Tensor) return true;
        }

        return false;
    }
}
