using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Gives every operation an engine; the one that the user named stays. Of the engines that can execute the operation
/// with these operands on this chip (verification decides, so that GpSimd gets PSUM only to fill it):
/// <list type="number">
/// <item>Where each engine has its own result (random numbers), nki.isa's default engine stays.</item>
/// <item>Arithmetic of two tensors of 32-bit integers goes to GpSimd: it alone is exact above 2^24, as nki.isa
/// says.</item>
/// <item>What any instruction stream can issue goes to Sync, which computes nothing.</item>
/// <item>Filling memory with a constant goes to GpSimd: nothing has to be read, and Vector, which takes sums out, stays
/// free. Where GpSimd clears sums in PSUM ahead, SBUF is filled by Vector: in one queue, sums would wait for SBUF.</item>
/// <item>What Tensor accepts goes there: from SBUF to PSUM it transposes faster than Vector.</item>
/// <item>The rest goes to Vector before Scalar before GpSimd: PSUM is evicted by Vector, Scalar is kept for
/// activations.</item>
/// </list>
/// DMA is left to <see cref="PlanDma"/>.
/// </summary>
public static class ChooseEngines
{
    private static readonly Engine[] Order = [Engine.Tensor, Engine.Vector, Engine.Scalar, Engine.GpSimd];

    /// <summary>The program with an engine for every operation that is no DMA.</summary>
    public static Program Run(Program program, Chip chip)
    {
        var effects = new EffectSink();
        bool[] clearsSums = [.. program.Cores.Select(c => c.Entries.Any(e => FilledSpace(e, program, effects) == MemorySpace.Psum))];
        return program.Rewrite((entry, core) => entry.Engine != Engine.None || entry.Operation.Info.Attribute.IsDma
            ? entry
            : entry with { Engine = Choose(entry, core, program, chip, effects, clearsSums[core]) });
    }

    private static Engine Choose(
        in Entry entry, int core, Program program, Chip chip, EffectSink effects, bool clearsSums)
    {
        var able = entry.Operation.Info.Attribute.Engines;
        if (able.Members().Take(2).Count() == 1) return able.Members().First();
        if (entry.Operation.Info.Attribute.DefaultEngine is not Engine.None and var named) return named;
        if (able.Has(Engine.Sync)) return Engine.Sync;
        var filled = FilledSpace(entry, program, effects);
        var isForGpSimd = filled is { } space
            ? !clearsSums || space == MemorySpace.Psum
            : IsIntegerArithmetic(effects.Memory);
        if (isForGpSimd && Accepts(entry, core, Engine.GpSimd, program, chip)) return Engine.GpSimd;
        foreach (var engine in Order)
        {
            if (able.Has(engine) && Accepts(entry, core, engine, program, chip)) return engine;
        }

        return Order.First(e => able.Has(e));
    }

    private static bool Accepts(in Entry entry, int core, Engine engine, Program program, Chip chip)
    {
        if (!entry.Operation.Info.Attribute.Engines.Has(engine)) return false;
        return program.Accepts(entry with { Engine = engine }, chip, core);
    }

    /// <summary>Where an operation writes that reads nothing and whose engine is open; null for all others.</summary>
    private static MemorySpace? FilledSpace(in Entry entry, Program program, EffectSink effects)
    {
        effects.Clear();
        entry.Operation.Effects(effects);
        var isOpen = entry.Engine == Engine.None && !entry.Operation.Info.Attribute.IsDma
            && entry.Operation.Info.Attribute.Engines.Has(Engine.GpSimd);
        return isOpen && effects.Memory is [{ Kind: AccessKind.Write } fill] ? program.SpaceOf(fill.Pattern) : null;
    }

    private static bool IsIntegerArithmetic(ReadOnlySpan<MemoryEffect> effects)
    {
        var reads = 0;
        foreach (ref readonly var effect in effects)
        {
            if (effect.Pattern.DType is not (DType.Int32 or DType.UInt32)) return false;
            if (effect.Kind == AccessKind.Read) reads++;
        }

        return reads >= 2;
    }
}
