using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// The random generators of one core, a lane being a physical partition: xorwow on GpSimd, four of them on Vector from
/// generation 4, where element i takes from state i mod 4, and a shift register on Vector before.
/// </summary>
internal sealed class RandomStates
{
    private const int FirstXorWowVector = 4;
    private const int VectorStates = 4;
    private const uint Taps = 0x80200003;
    private readonly uint[][] _gpSimd;
    private readonly uint[][] _vector;
    private readonly bool _isXorWow;

    public RandomStates(int generation)
    {
        _isXorWow = generation >= FirstXorWowVector;
        _vector = new uint[Limits.Partitions][];
        _gpSimd = [.. Enumerable.Range(0, Limits.Partitions).Select(lane =>
            NotZero([.. Enumerable.Range(VectorStates * XorWow.Words, XorWow.Words).Select(k => Word(0, lane, k))]))];
        Seed(0);
    }

    /// <summary>The words of a lane of GpSimd or Vector, to read and to set.</summary>
    public uint[] this[Engine engine, int lane] => (engine == Engine.GpSimd ? _gpSimd : _vector)[lane];

    /// <summary>Seeds all lanes of Vector.</summary>
    public void Seed(uint seed)
    {
        for (var lane = 0; lane < Limits.Partitions; lane++)
        {
            var first = Word(seed, lane, 0);
            _vector[lane] = _isXorWow
                ? [.. Enumerable.Range(0, VectorStates * XorWow.Words).Select(k => Word(seed, lane, k))
                    .Chunk(XorWow.Words).SelectMany(NotZero)]
                : [first == 0 ? 1 : first];
        }
    }

    /// <summary>The number of element i of an operation on a lane.</summary>
    public uint Next(Engine engine, int lane, int i)
    {
        var words = this[engine, lane];
        if (engine == Engine.GpSimd) return XorWow.Next(words);
        return _isXorWow ? XorWow.Next(words.AsSpan(i % VectorStates * XorWow.Words, XorWow.Words)) : Shift(ref words[0]);
    }

    /// <summary>32 steps of a Galois shift register.</summary>
    private static uint Shift(ref uint state)
    {
        for (var i = 0; i < 32; i++) state = (state & 1) == 0 ? state >> 1 : state >> 1 ^ Taps;
        return state;
    }

    /// <summary>A state whose first five words are 0 would stay there.</summary>
    private static uint[] NotZero(uint[] state)
    {
        if (state[..5].All(w => w == 0)) state[4] = 1;
        return state;
    }

    private static uint Word(uint seed, int lane, int k) =>
        unchecked(Mix(seed + 0x9E3779B9 * (uint)(1 + 128 * k + lane)));

    private static uint Mix(uint h)
    {
        unchecked
        {
            h ^= h >> 16;
            h *= 0x85EBCA6B;
            h ^= h >> 13;
            h *= 0xC2B2AE35;
            return h ^ h >> 16;
        }
    }
}
