using System.Runtime.InteropServices;
using TrnEmu.Tests.Generation;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>The tiny model in the versions of the format that have a header of 256 bytes.</summary>
internal static class LlamaVersions
{
    public const int HeaderBytes = 256;
    private const int LegacyHeader = 28;
    private const int HeadSize = TinyLlama.Dim / TinyLlama.Heads;
    private const int KvDim = TinyLlama.KvHeads * HeadSize;
    private const int Square = TinyLlama.Dim * TinyLlama.Dim;
    private const int Wide = TinyLlama.Dim * TinyLlama.Hidden;

    /// <summary>The weights of a legacy file as version 1: the same numbers in another order, without rotations.</summary>
    public static byte[] Version1(byte[] legacy, bool isTied = true)
    {
        var parts = Parts(legacy, isTied);
        string[] order =
        [
            "attention_norm", "ffn_norm", "final_norm", "embedding", "wq", "wk", "wv", "wo", "w1", "w2", "w3",
            "classifier",
        ];
        var floats = order.SelectMany(name => parts[name]).ToArray();
        return [.. Header(1, isTied, 0), .. MemoryMarshal.AsBytes(floats.AsSpan())];
    }

    /// <summary>The weights of a legacy file as version 2, rounded to int8 by the largest of each group.</summary>
    public static byte[] Version2(byte[] legacy, bool isTied, int group)
    {
        var parts = Parts(legacy, isTied);
        var bytes = new List<byte>(Header(2, isTied, group));
        foreach (var name in (string[])["attention_norm", "ffn_norm", "final_norm"])
            bytes.AddRange(MemoryMarshal.AsBytes(parts[name].AsSpan()));
        foreach (var name in (string[])["embedding", "wq", "wk", "wv", "wo", "w1", "w2", "w3", "classifier"])
        {
            var layers = name[0] == 'w' ? TinyLlama.Layers : 1;
            foreach (var tensor in parts[name].Chunk(Math.Max(parts[name].Length / layers, 1)))
            {
                var scales = tensor.Chunk(group).Select(g => g.Max(Math.Abs) / 127).ToArray();
                bytes.AddRange(tensor.Select((v, i) => (byte)(sbyte)MathF.Round(v / scales[i / group])));
                bytes.AddRange(MemoryMarshal.AsBytes(scales.AsSpan()));
            }
        }

        return [.. bytes];
    }

    /// <summary>The legacy file whose weights are those of version 2, each as the fp32 number that it stands for.</summary>
    public static byte[] Rounded(byte[] legacy, bool isTied, int group)
    {
        var floats = MemoryMarshal.Cast<byte, float>(legacy.AsSpan(LegacyHeader)).ToArray();
        var at = 0;
        foreach (var (name, part) in Parts(legacy, isTied))
        {
            var isWeight = name is "embedding" or "classifier" || name[0] == 'w';
            for (var start = 0; isWeight && start < part.Length; start += group)
            {
                var scale = part[start..(start + group)].Max(Math.Abs) / 127;
                for (var i = start; i < start + group; i++) floats[at + i] = (sbyte)MathF.Round(part[i] / scale) * scale;
            }

            at += part.Length;
        }

        return [.. legacy[..LegacyHeader], .. MemoryMarshal.AsBytes(floats.AsSpan())];
    }

    /// <summary>The tensors of a legacy file, in its order.</summary>
    private static Dictionary<string, float[]> Parts(byte[] legacy, bool isTied)
    {
        var floats = MemoryMarshal.Cast<byte, float>(legacy.AsSpan(LegacyHeader)).ToArray();
        const int Layers = TinyLlama.Layers, Table = TinyLlama.Vocabulary * TinyLlama.Dim;
        const int Angles = TinyLlama.Positions * HeadSize / 2;
        (string Name, int Count)[] counts =
        [
            ("embedding", Table), ("attention_norm", Layers * TinyLlama.Dim), ("wq", Layers * Square),
            ("wk", Layers * TinyLlama.Dim * KvDim), ("wv", Layers * TinyLlama.Dim * KvDim), ("wo", Layers * Square),
            ("ffn_norm", Layers * TinyLlama.Dim), ("w1", Layers * Wide), ("w2", Layers * Wide), ("w3", Layers * Wide),
            ("final_norm", TinyLlama.Dim), ("cos", Angles), ("sin", Angles), ("classifier", isTied ? 0 : Table),
        ];
        var parts = new Dictionary<string, float[]>();
        var at = 0;
        foreach (var (name, count) in counts) parts.Add(name, floats[at..(at += count)]);
        Assert.Equal(floats.Length, at);
        return parts;
    }

    private static byte[] Header(int version, bool isTied, int group)
    {
        int[] numbers =
        [
            0x616b3432, version, TinyLlama.Dim, TinyLlama.Hidden, TinyLlama.Layers, TinyLlama.Heads, TinyLlama.KvHeads,
            TinyLlama.Vocabulary, TinyLlama.Positions,
        ];
        byte[] start = [.. MemoryMarshal.AsBytes(numbers.AsSpan()), (byte)(isTied ? 1 : 0), .. BitConverter.GetBytes(group)];
        return [.. start, .. new byte[HeaderBytes - start.Length]];
    }
}
