using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics.Generators;

namespace TrnEmu.Core.Machine;

/// <summary>
/// The random generators of one core, one for each of 128 lanes: GpSimd's have one XORWOW state; Vector's have four of
/// them from generation 4 on, and before that a shift register that stands in for an unpublished one. At the start of a
/// run all are as seed 0 leaves them.
/// </summary>
public sealed class RandomGenerators
{
    private const int VectorStates = 4;
    private const int FirstVectorXorWow = 4;
    private readonly uint[] _gpSimd = new uint[Limits.Partitions * XorWow.Words];
    private readonly uint[] _vector;

    /// <summary>The generators of a chip's generation.</summary>
    public RandomGenerators(int generation)
    {
        HasVectorXorWow = generation >= FirstVectorXorWow;
        _vector = new uint[Limits.Partitions * WordsOf(Engine.Vector)];
        Expand(0, Engine.GpSimd, firstWord: VectorStates * XorWow.Words);
        Seed(0);
    }

    /// <summary>True when Vector has XORWOW.</summary>
    public bool HasVectorXorWow { get; }

    /// <summary>Words of one lane: 6 on GpSimd; 24 on Vector, 1 before generation 4.</summary>
    public int WordsOf(Engine engine) =>
        engine == Engine.GpSimd ? XorWow.Words : HasVectorXorWow ? VectorStates * XorWow.Words : 1;

    /// <summary>The words of one lane of an engine, as they stand: XORWOW's are x, y, z, w, v, d of each state.</summary>
    public Span<uint> State(Engine engine, int lane)
    {
        var words = WordsOf(engine);
        return (engine == Engine.GpSimd ? _gpSimd : _vector).AsSpan(lane * words, words);
    }

    /// <summary>Gives all lanes of Vector the states that belong to a seed.</summary>
    public void Seed(uint seed) => Expand(seed, Engine.Vector, firstWord: 0);

    /// <summary>
    /// draws[i] = the 32 bits for element <paramref name="first"/> + i of an operation on one lane. Elements come in
    /// order; on Vector's XORWOW, element e comes from state e mod 4.
    /// </summary>
    public void Draw(Engine engine, int lane, int first, Span<uint> draws)
    {
        var state = State(engine, lane);
        if (engine == Engine.GpSimd)
        {
            XorWow.Fill(state, draws, 0, 1);
        }
        else if (HasVectorXorWow)
        {
            for (var i = 0; i < VectorStates; i++)
                XorWow.Fill(state.Slice((first + i) % VectorStates * XorWow.Words, XorWow.Words), draws, i, VectorStates);
        }
        else
        {
            Lfsr.Fill(ref state[0], draws);
        }
    }

    private void Expand(uint seed, Engine engine, int firstWord)
    {
        for (var lane = 0; lane < Limits.Partitions; lane++)
        {
            var words = State(engine, lane);
            for (var k = 0; k < words.Length; k++) words[k] = SeedWords.Word(seed, lane, firstWord + k);
            if (words.Length == 1) words[0] = Math.Max(words[0], 1);
            else Mend(words);
        }
    }

    private static void Mend(Span<uint> words)
    {
        for (var k = 0; k < words.Length; k += XorWow.Words) XorWow.Mend(words.Slice(k, XorWow.Words));
    }
}
