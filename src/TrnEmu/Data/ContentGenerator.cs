using System.Runtime.CompilerServices;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Numerics.Generators;

namespace TrnEmu.Data;

/// <summary>
/// Makes the values of inputs that the user did not give. Each element depends on seed, tensor name and its own index
/// alone, so values do not change with the order of tensors, the machine or the number of threads.
/// </summary>
public static class ContentGenerator
{
    private const int SmallIntegers = 16;

    /// <summary>
    /// Values of a tensor: random floats are uniform in [-1, 1) rounded to the dtype, random integers uniform in 0 to
    /// 15. Scales and packed elements are made as <see cref="BitContent"/> says.
    /// </summary>
    public static TensorData Make(Tensor tensor, ContentKind kind, long seed)
    {
        if (!tensor.DType.IsArithmetic()) return BitContent.Make(tensor, kind, i => RandomBits(tensor, seed, i));
        var values = new float[tensor.Elements];
        switch (kind)
        {
            case ContentKind.Iota:
                for (var i = 0; i < values.Length; i++) values[i] = i;
                break;
            case ContentKind.Random:
                Randomise(values, tensor, seed);
                break;
        }

        return TensorData.FromSingles(tensor.Name, tensor.DType, tensor.Shape, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Randomise(Span<float> values, Tensor tensor, long seed)
    {
        var isInteger = tensor.DType.IsInteger();
        var state = State(tensor, seed);
        for (var i = 0; i < values.Length; i++)
        {
            var bits = Bits(state, i) >> 40;
            values[i] = isInteger ? bits % SmallIntegers : bits * (1f / (1 << 23)) - 1f;
        }
    }

    private static ulong RandomBits(Tensor tensor, long seed, int element) => Bits(State(tensor, seed), element);

    private static ulong State(Tensor tensor, long seed) => SplitMix64.Mix((ulong)seed ^ NameHash(tensor.Name));

    private static ulong Bits(ulong state, int element) => SplitMix64.Mix(state + (ulong)element * SplitMix64.Step);

    /// <summary>FNV-1a over the name's UTF-16 units: the same on every machine, unlike string.GetHashCode.</summary>
    private static ulong NameHash(string name)
    {
        var hash = 14695981039346656037;
        foreach (var c in name) hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
