namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>
/// A GPT-2 model in fp64 as transformers computes it: the whole sequence at once, queries, keys and values from one
/// product, a mask instead of caches.
/// </summary>
internal sealed class Gpt2Oracle(ModelFolder model)
{
    private readonly int _dim = (int)model.Config["n_embd"]!;
    private readonly int _heads = (int)model.Config["n_head"]!;
    private readonly double _epsilon = (double)model.Config["layer_norm_epsilon"]!;

    /// <summary>Factor of the products of queries and keys in a layer.</summary>
    public required Func<int, double> Scale { get; init; }

    /// <summary>Logits of each position of a sequence.</summary>
    public double[][] Logits(int[] tokens)
    {
        var x = tokens.Select((t, p) => Sum(Row("wte.weight", t), Row("wpe.weight", p))).ToArray();
        for (var layer = 0; layer < (int)model.Config["n_layer"]!; layer++)
        {
            var mixed = Attention(Array.ConvertAll(x, r => Norm(r, $"h.{layer}.ln_1")), layer);
            for (var t = 0; t < x.Length; t++)
            {
                x[t] = Sum(x[t], mixed[t]);
                var hidden = Product(Norm(x[t], $"h.{layer}.ln_2"), $"h.{layer}.mlp.c_fc").Select(Gelu);
                x[t] = Sum(x[t], Product([.. hidden], $"h.{layer}.mlp.c_proj"));
            }
        }

        var head = Find("lm_head.weight") ?? Find("wte.weight")!;
        return Array.ConvertAll(x, r =>
        {
            var y = Norm(r, "ln_f");
            return Enumerable.Range(0, head.Shape[0]).Select(
                v => Enumerable.Range(0, _dim).Sum(i => y[i] * head.Values[v * _dim + i])).ToArray();
        });
    }

    private double[][] Attention(double[][] x, int layer)
    {
        var size = _dim / _heads;
        var qkv = Array.ConvertAll(x, r => Product(r, $"h.{layer}.attn.c_attn"));
        return [.. x.Select((_, t) =>
        {
            var row = new double[_dim];
            for (var head = 0; head < _heads; head++)
            {
                var start = head * size;
                var scores = Enumerable.Range(0, t + 1).Select(j => Scale(layer) * Enumerable.Range(start, size).Sum(
                    i => qkv[t][i] * qkv[j][_dim + i])).ToArray();
                var weights = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = start; i < start + size; i++)
                    row[i] = Enumerable.Range(0, t + 1).Sum(j => weights[j] / weights.Sum() * qkv[j][2 * _dim + i]);
            }

            return Product(row, $"h.{layer}.attn.c_proj");
        })];
    }

    private static double Gelu(double x) =>
        0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * Math.Pow(x, 3))));

    /// <summary>x @ weight + bias: matrices are [inputs, outputs].</summary>
    private double[] Product(double[] x, string name)
    {
        var (weight, y) = (Find(name + ".weight")!, (double[])Find(name + ".bias")!.Values.Clone());
        for (var o = 0; o < y.Length; o++)
        {
            for (var i = 0; i < x.Length; i++) y[o] += x[i] * weight.Values[i * y.Length + o];
        }

        return y;
    }

    private double[] Norm(double[] x, string name)
    {
        var mean = x.Average();
        var scale = 1 / Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length + _epsilon);
        return [.. x.Select((v, i) => (v - mean) * scale * Find(name + ".weight")!.Values[i] + Find(name + ".bias")!.Values[i])];
    }

    private double[] Row(string name, int row) => Find(name)!.Values[(row * _dim)..((row + 1) * _dim)];

    private StoredTensor? Find(string name) =>
        model.Tensors.GetValueOrDefault("transformer." + name) ?? model.Tensors.GetValueOrDefault(name);

    private static double[] Sum(double[] a, double[] b) => [.. a.Select((v, i) => v + b[i])];
}
