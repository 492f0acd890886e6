using System.Runtime.InteropServices;
using TrnEmu.Compiler.Importers;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Generation;

/// <summary>A llama2.c checkpoint small enough for every test: 2 layers of width 8 with random weights, 40
/// positions.</summary>
internal static class TinyLlama
{
    public const int Dim = 8;
    public const int Hidden = 12;
    public const int Layers = 2;
    public const int Heads = 2;
    public const int KvHeads = 1;
    public const int Vocabulary = 24;
    public const int Positions = 40;
    private const int HeaderInts = 7;

    /// <summary>The bytes of the file.</summary>
    public static byte[] Bytes(bool isTied = true, int seed = 1)
    {
        const int HeadSize = Dim / Heads;
        int[] header = [Dim, Hidden, Layers, Heads, KvHeads, isTied ? Vocabulary : -Vocabulary, Positions];
        var random = new Random(seed);
        var floats = new List<float>();
        Add(Vocabulary * Dim, () => 0.4f * Normal(random));
        Add(Layers * Dim, () => 1 + 0.1f * Normal(random));
        Add(Layers * (2 * Dim * Dim + 2 * Dim * KvHeads * HeadSize), () => 0.3f * Normal(random));
        Add(Layers * Dim, () => 1 + 0.1f * Normal(random));
        Add(Layers * 3 * Dim * Hidden, () => 0.3f * Normal(random));
        Add(Dim, () => 1 + 0.1f * Normal(random));
        for (var p = 0; p < Positions; p++) Rotations(p, Math.Cos);
        for (var p = 0; p < Positions; p++) Rotations(p, Math.Sin);
        if (!isTied) Add(Vocabulary * Dim, () => 0.4f * Normal(random));
        return [.. MemoryMarshal.AsBytes(header.AsSpan()), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(floats))];

        void Add(int count, Func<float> value)
        {
            for (var i = 0; i < count; i++) floats.Add(value());
        }

        void Rotations(int position, Func<double, double> function)
        {
            for (var i = 0; i < HeadSize / 2; i++)
                floats.Add((float)function(position * (1 / (float)Math.Pow(10_000, 2.0 * i / HeadSize))));
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    public static Decoder Read(byte[] bytes, DType dtype = DType.Fp32) =>
        LlamaFile.Read(new MemoryStream(bytes), "tiny.bin", new ImportOptions(dtype, dtype));

    /// <summary>The checkpoint with one int32 of its header replaced.</summary>
    public static byte[] WithHeader(int index, int value)
    {
        Assert.InRange(index, 0, HeaderInts - 1);
        var bytes = Bytes();
        BitConverter.TryWriteBytes(bytes.AsSpan(index * sizeof(int)), value);
        return bytes;
    }

    /// <summary>The sum of twelve uniform numbers, less 6: near enough to a normal one.</summary>
    private static float Normal(Random random) => (float)(Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6);
}
