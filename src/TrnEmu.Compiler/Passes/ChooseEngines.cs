using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Gives every operation an engine; the one that the user named stays. Of the engines that can execute the operation
/// with these operands on this chip (verification decides, so that GpSimd never gets PSUM):
/// <list type="number">
/// <item>Where each engine has its own result (random numbers), nki.isa's default engine stays.</item>
/// <item>Arithmetic of two tensors of 32-bit integers goes to GpSimd: it alone is exact above 2^24, as nki.isa
/// says.</item>
/// <item>What any instruction stream can issue goes to Sync, which computes nothing.</item>
/// <item>Filling SBUF with a constant goes to GpSimd: nothing has to be read, and Vector stays free.</item>
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
        return program.Rewrite((entry, core) => entry.Engine != Engine.None || entry.Operation.Info.Attribute.IsDma
            ? entry
            : entry with { Engine = Choose(entry, core, program, chip, effects) });
    }

    private static Engine Choose(in Entry entry, int core, Program program, Chip chip, EffectSink effects)
    {
        var able = entry.Operation.Info.Attribute.Engines;
        if (able.Members().Take(2).Count() == 1) return able.Members().First();
        if (entry.Operation.Info.Attribute.DefaultEngine is not Engine.None and var named) return named;
        if (able.Has(Engine.Sync)) return Engine.Sync;
        effects.Clear();
        entry.Operation.Effects(effects);
        var prefersGpSimd = IsFill(effects.Memory) || IsIntegerArithmetic(effects.Memory);
        if (prefersGpSimd && Accepts(entry, core, Engine.GpSimd, program, chip)) return Engine.GpSimd;
        foreach (var engine in Order)
        {
            if (able.Has(engine) && Accepts(entry, core, engine, program, chip)) return engine;
        }

        return Order.First(e => able.Has(e));
    }

    private static bool Accepts(in Entry entry, int core, Engine engine, Program program, Chip chip)
    {
        if (!entry.Operation.Info.Attribute.Engines.Has(engine)) return false;
        if (engine == Engine.GpSimd && TouchesPsum(entry.Operation, program)) return false;
        return program.Accepts(entry with { Engine = engine }, chip, core);
    }

    private static bool TouchesPsum(Operation operation, Program program)
    {
        var effects = new EffectSink();
        operation.Effects(effects);
        foreach (ref readonly var effect in effects.Memory)
        {
            if (program.SpaceOf(effect.Pattern) == MemorySpace.Psum) return true;
        }

        return false;
    }

    private static bool IsFill(ReadOnlySpan<MemoryEffect> effects) =>
        effects is [{ Kind: AccessKind.Write }];

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
