using System.IO.Compression;
using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;
using TrnEmu.Data;
using TrnEmu.Tests.Generation;

namespace TrnEmu.Tests.Inference;

/// <summary>The pictures beside the vision transformer, normalised as it was trained, and what they show.</summary>
internal static class Pictures
{
    public const int Count = 242;
    private const int Channel = 32 * 32;
    private static readonly float[] Mean = [.4914f, .4822f, .4465f];
    private static readonly float[] Deviation = [.2023f, .1994f, .2010f];

    /// <summary>The first pictures, [count, 3, 32, 32], and their labels.</summary>
    public static (double[] Pixels, long[] Labels) Read(int count = Count)
    {
        using var archive = ZipFile.OpenRead(SharedModels.Path("vit/ibp_3_3_8.data.pt"));
        var raw = Read<float>(archive, "data/data/0").AsSpan(0, count * 3 * Channel);
        var pixels = new double[raw.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (raw[i] - Mean[i / Channel % 3]) / Deviation[i / Channel % 3];
        return (pixels, Read<long>(archive, "data/data/1")[..count]);
    }

    /// <summary>All of them as a file, a picture for each leading index; returns the labels.</summary>
    public static double[] Write(string path)
    {
        var (pixels, labels) = Read();
        Npy.Write(path, TensorData.FromDoubles("input", DType.Fp32, [Count, 1, 3, 32, 32], pixels));
        return [.. labels.Select(l => (double)l)];
    }

    private static T[] Read<T>(ZipArchive archive, string name)
        where T : struct
    {
        using var stream = archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return MemoryMarshal.Cast<byte, T>(bytes.ToArray()).ToArray();
    }
}
