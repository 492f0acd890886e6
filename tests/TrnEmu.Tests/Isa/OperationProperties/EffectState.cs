using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Engine state that operations touch: registers, and the bits of the accumulate registers of Scalar and Vector.
/// </summary>
internal sealed record EffectState(int[] Registers, uint[] Sums, uint[] VectorSums)
{
    private const int Count = 128;

    public static EffectState Of(CoreState core)
    {
        var sums = new float[1];
        var tile = core.Accumulators(0, Limits.Partitions);
        return new EffectState(
            [.. Enumerable.Range(0, Count).Select(r => core[new Register(r)])], new uint[Limits.Partitions],
            [.. core.VectorAccumulators.Values.ToArray().Select(BitConverter.SingleToUInt32Bits)]).Load(tile, sums);
    }

    /// <summary>Gives a core these values.</summary>
    public void Store(CoreState core)
    {
        for (var r = 0; r < Registers.Length; r++) core[new Register(r)] = Registers[r];
        var tile = core.Accumulators(0, Limits.Partitions);
        for (var p = 0; p < Sums.Length; p++) Rows.Store(tile, p, 0, [BitConverter.UInt32BitsToSingle(Sums[p])]);
        var registers = core.VectorAccumulators.Set(0, Limits.Partitions);
        for (var p = 0; p < registers.Length; p++) registers[p] = BitConverter.UInt32BitsToSingle(VectorSums[p]);
    }

    private EffectState Load(in Tile tile, float[] one)
    {
        for (var p = 0; p < Sums.Length; p++)
        {
            Rows.Load(tile, p, 0, one);
            Sums[p] = BitConverter.SingleToUInt32Bits(one[0]);
        }

        return this;
    }
}
