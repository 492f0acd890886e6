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

    /// <summary>Elements that are made at a time.</summary>
    private const int Part = 1 << 16;

    /// <summary>
    /// Values of a tensor: random floats are uniform in [-1, 1) rounded to the dtype, random integers uniform in 0 to
    /// 15. Scales and packed elements are made as <see cref="BitContent"/> says.
    /// </summary>
    public static TensorData Make(Tensor tensor, ContentKind kind, long seed)
    {
        if (!tensor.DType.IsArithmetic()) return BitContent.Make(tensor, kind, i => RandomBits(tensor, seed, i));
        var bytes = new byte[tensor.Elements * tensor.DType.Size()];
        Fill(tensor, kind, seed, bytes);
        return new TensorData(tensor.Name, tensor.DType, tensor.Shape, bytes);
    }

    /// <summary>The same where the tensor is: no copy of it is made on the way.</summary>
    public static void Fill(Tensor tensor, ContentKind kind, long seed, Span<byte> bytes)
    {
        if (!tensor.DType.IsArithmetic())
        {
            Make(tensor, kind, seed).Bytes.CopyTo(bytes);
            return;
        }

        var (size, values) = (tensor.DType.Size(), new float[Math.Min(tensor.Elements, Part)]);
        for (var start = 0; start < tensor.Elements; start += values.Length)
        {
            var part = values.AsSpan(0, (int)Math.Min(values.Length, tensor.Elements - start));
            if (kind == ContentKind.Iota) Count(part, start);
            else if (kind == ContentKind.Random) Randomise(part, start, tensor, seed);
            Conversions.Narrow(tensor.DType, part, bytes.Slice(start * size, part.Length * size));
        }
    }

    private static void Count(Span<float> values, int start)
    {
        for (var i = 0; i < values.Length; i++) values[i] = start + i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Randomise(Span<float> values, int start, Tensor tensor, long seed)
    {
        var isInteger = tensor.DType.IsInteger();
        var state = State(tensor, seed);
        for (var i = 0; i < values.Length; i++)
        {
            var bits = Bits(state, start + i) >> 40;
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
