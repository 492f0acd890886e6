using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Engine state that operations touch: registers, the bits of the accumulate registers of Scalar and Vector, and the
/// words of the random generators of Vector and GpSimd, lane by lane.
/// </summary>
internal sealed record EffectState(int[] Registers, uint[] Sums, uint[] VectorSums, uint[] VectorRandom, uint[] GpSimdRandom)
{
    private const int Count = 128;

    public static EffectState Of(CoreState core)
    {
        return new EffectState(
            [.. Enumerable.Range(0, Count).Select(r => core[new Register(r)])],
            Bits(core.Accumulators(0, Limits.Partitions)), Bits(core.VectorAccumulators.Values),
            Words(core, Engine.Vector), Words(core, Engine.GpSimd));
    }

    /// <summary>Gives a core these values.</summary>
    public void Store(CoreState core)
    {
        for (var r = 0; r < Registers.Length; r++) core[new Register(r)] = Registers[r];
        var sums = core.Accumulators(0, Limits.Partitions);
        for (var p = 0; p < sums.Length; p++) sums[p] = BitConverter.UInt32BitsToSingle(Sums[p]);
        var registers = core.VectorAccumulators.Set(0, Limits.Partitions);
        for (var p = 0; p < registers.Length; p++) registers[p] = BitConverter.UInt32BitsToSingle(VectorSums[p]);
        Store(core, Engine.Vector, VectorRandom);
        Store(core, Engine.GpSimd, GpSimdRandom);
    }

    /// <summary>The words of an engine's generators.</summary>
    public static uint[] Words(CoreState core, Engine engine) =>
        [.. Enumerable.Range(0, Limits.Partitions).SelectMany(lane => core.Random.State(engine, lane).ToArray())];

    private static void Store(CoreState core, Engine engine, uint[] words)
    {
        var size = core.Random.WordsOf(engine);
        for (var lane = 0; lane < Limits.Partitions; lane++) words.AsSpan(lane * size, size).CopyTo(core.Random.State(engine, lane));
    }

    private static uint[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToUInt32Bits)];
}
