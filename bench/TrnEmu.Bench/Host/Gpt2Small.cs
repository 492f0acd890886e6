using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TrnEmu.Bench.Host;

/// <summary>
/// Writes a model of the size of GPT-2 small (12 layers, width 768, 50257 tokens: 124 million random weights in fp32,
/// 498 MB) as transformers stores it, then reads and compiles it. Exit 1 if that takes ten seconds or more.
/// </summary>
internal static class Gpt2Small
{
    private const int Layers = 12, Width = 768, Vocabulary = 50257, Positions = 1024;
    private const double LimitSeconds = 10;

    /// <summary>Prints the seconds.</summary>
    public static int Run()
    {
        Emulator.KernelAssemblies.Add(typeof(Kernels.Softmax.Softmax).Assembly);
        var folder = Directory.CreateTempSubdirectory("trnemu-gpt2").FullName;
        try
        {
            Write(folder, Layers, Vocabulary);
            var clock = Stopwatch.StartNew();
            var compiled = Emulator.Compile(folder, new RunOptions { Tokens = [1], Steps = 128 });
            var seconds = clock.Elapsed.TotalSeconds;
            var operations = compiled.Program.Cores[0].Entries.Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"12 layers of width 768, one token, room for 128: {operations} operations, read and compiled in {seconds:0.0} s"));
            return seconds < LimitSeconds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The files of such a model with random weights.</summary>
    public static void Write(string folder, int layers, int vocabulary)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""
            { "model_type": "gpt2", "n_embd": {{Width}}, "n_layer": {{layers}}, "n_head": 12, "n_positions": {{Positions}},
              "vocab_size": {{vocabulary}}, "layer_norm_epsilon": 1e-5, "activation_function": "gelu_new" }
            """);
        var header = new Dictionary<string, object>();
        var end = 0L;
        foreach (var (name, shape) in Tensors(layers, vocabulary))
        {
            var start = end;
            end += shape.Aggregate(4L, (n, e) => n * e);
            header.Add(name, new { dtype = "F32", shape, data_offsets = (long[])[start, end] });
        }

        using var file = File.Create(Path.Combine(folder, "model.safetensors"));
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        file.Write(length);
        file.Write(text);
        var random = new Random(1);
        var block = new float[1 << 16];
        for (var left = end; left > 0; left -= block.Length * sizeof(float))
        {
            for (var i = 0; i < block.Length; i++) block[i] = (random.NextSingle() - 0.5f) * 0.04f;
            file.Write(MemoryMarshal.AsBytes(block.AsSpan())[..(int)Math.Min(left, block.Length * sizeof(float))]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> Tensors(int layers, int vocabulary)
    {
        yield return ("wte.weight", [vocabulary, Width]);
        yield return ("wpe.weight", [Positions, Width]);
        for (var l = 0; l < layers; l++)
        {
            foreach (var (name, rows, columns) in ((string, int, int)[])
                [("attn.c_attn", Width, 3 * Width), ("attn.c_proj", Width, Width), ("mlp.c_fc", Width, 4 * Width), ("mlp.c_proj", 4 * Width, Width)])
            {
                yield return ($"h.{l}.{name}.weight", [rows, columns]);
                yield return ($"h.{l}.{name}.bias", [columns]);
            }

            foreach (var norm in (string[])["ln_1", "ln_2"])
            {
                yield return ($"h.{l}.{norm}.weight", [Width]);
                yield return ($"h.{l}.{norm}.bias", [Width]);
            }
        }

        yield return ("ln_f.weight", [Width]);
        yield return ("ln_f.bias", [Width]);
    }
}
