using System.Text.Json;
using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Importers.HuggingFace;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>A folder with a config.json and a safetensors file of random weights, as a test wants them.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;

    public ModelFolder(int seed) => _random = new Random(seed);

    /// <summary>What config.json says.</summary>
    public Dictionary<string, object?> Config { get; } = [];

    /// <summary>The weights by their names in the file.</summary>
    public Dictionary<string, StoredTensor> Tensors { get; } = [];

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    /// <summary>Adds random weights, 1 + 0.1 r where they scale, rounded to the type that stores them.</summary>
    public void Add(string name, int[] shape, double spread = 0.3, double center = 0, string stored = "F32")
    {
        var values = new double[shape.Aggregate(1, (n, e) => n * e)];
        for (var i = 0; i < values.Length; i++)
            values[i] = center + spread * (Enumerable.Range(0, 12).Sum(_ => _random.NextDouble()) - 6);
        Tensors.Add(name, StoredTensor.Of(stored, shape, values));
    }

    /// <summary>Writes both files.</summary>
    public ModelFolder Write()
    {
        WriteConfig();
        System.IO.File.WriteAllBytes(File("model.safetensors"), Safetensors(Tensors));
        return this;
    }

    /// <summary>Writes config.json alone.</summary>
    public void WriteConfig() => System.IO.File.WriteAllText(File("config.json"), JsonSerializer.Serialize(Config));

    /// <summary>Writes the weights as two files with an index.</summary>
    public void WriteSharded()
    {
        WriteConfig();
        var half = Tensors.Count / 2;
        var parts = new[] { Tensors.Take(half), Tensors.Skip(half) };
        var map = new Dictionary<string, string>();
        for (var i = 0; i < parts.Length; i++)
        {
            var file = $"model-0000{i + 1}-of-00002.safetensors";
            System.IO.File.WriteAllBytes(File(file), Safetensors(parts[i].ToDictionary()));
            foreach (var (name, _) in parts[i]) map.Add(name, file);
        }

        System.IO.File.WriteAllText(
            File("model.safetensors.index.json"), JsonSerializer.Serialize(new { weight_map = map }));
    }

    public Decoder Read(DType dtype = DType.Fp32, DType? weights = null) =>
        HuggingFaceModel.Read(Path, new ImportOptions(dtype, weights ?? dtype));

    public void Dispose() => _folder.Dispose();

    /// <summary>The bytes of a file with these tensors.</summary>
    public static byte[] Safetensors(Dictionary<string, StoredTensor> tensors)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = new { format = "pt" } };
        var data = new List<byte>();
        foreach (var (name, t) in tensors)
        {
            header.Add(name, new { dtype = t.Stored, shape = t.Shape, data_offsets = (int[])[data.Count, data.Count + t.Bytes.Length] });
            data.AddRange(t.Bytes);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        return [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data];
    }
}
