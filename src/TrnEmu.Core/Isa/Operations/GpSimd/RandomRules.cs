using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>What random operations share: which engine's generators they use, and from which generation on.</summary>
internal static class RandomRules
{
    /// <summary>First generation whose GpSimd has a generator.</summary>
    public const int FirstGpSimd = 3;

    /// <summary>First generation whose Vector can save and restore its states.</summary>
    public const int FirstVectorState = 4;

    private const int GpSimdWords = 6;
    private const int VectorWords = 24;

    /// <summary>The engine that executes, or the operation's own while none is chosen.</summary>
    public static Engine Engine(Verifier v) => Chosen(v.Engine, v.Operation!);

    /// <summary>The engine that executes, or the operation's own where none was chosen.</summary>
    public static Engine Engine(CoreState core) => Chosen(core.Current.Engine, core.Current.Operation);

    /// <summary>The engine has its part of the operation from a generation on.</summary>
    public static void Since(Verifier v, Engine engine, int generation)
    {
        if (Engine(v) != engine || v.Chip.Generation >= generation) return;
        v.Error(VerifyCodes.Generation, $"needs generation {generation} on the {engine.Title()} engine, chip {v.Chip.Name} is generation "
            + $"{v.Chip.Generation}");
    }

    /// <summary>
    /// Draws move the generators on. An operation that either engine executes does not know which: both are touched.
    /// </summary>
    public static void Effects(EffectSink sink, Engines engines)
    {
        foreach (var engine in new ReadOnlySpan<Engine>([Isa.Engine.Vector, Isa.Engine.GpSimd]))
        {
            if (!engines.Has(engine)) continue;
            sink.Read(EngineState.Random(engine));
            sink.Write(EngineState.Random(engine));
        }
    }

    /// <summary>
    /// One row of 6 words (GpSimd, from generation 3) or 24 words (Vector, from generation 4) for each lane.
    /// </summary>
    public static void State(Verifier v, string name, in AccessPattern p)
    {
        Since(v, Isa.Engine.Vector, FirstVectorState);
        var engine = Engine(v);
        var words = engine == Isa.Engine.GpSimd ? GpSimdWords : VectorWords;
        if (p.Free != words)
            v.Error(GpSimdCodes.State, $"{name} has {p.Free} elements in each partition, {engine.Title()} has {words} words in each lane");
    }

    private static Engine Chosen(Engine engine, Operation operation) =>
        engine == Isa.Engine.None ? operation.Info.Attribute.DefaultEngine : engine;
}
