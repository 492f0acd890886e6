namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>
/// A Llama model in fp64 as transformers computes it: the whole sequence at once, heads rotated in halves, a mask instead
/// of caches. Only the cosines and sines are fp32.
/// </summary>
internal sealed class LlamaOracle(ModelFolder model)
{
    private readonly int _dim = (int)model.Config["hidden_size"]!;
    private readonly int _heads = (int)model.Config["num_attention_heads"]!;
    private readonly int _kvHeads = (int)model.Config["num_key_value_heads"]!;
    private readonly int _size = (int)model.Config["head_dim"]!;
    private readonly double _epsilon = (double)model.Config["rms_norm_eps"]!;

    /// <summary>Angle of a pair for each position; the tests replace it where rotations are scaled.</summary>
    public Func<int, float> Frequency { get; init; } = _ => 0;

    /// <summary>Logits of each position of a sequence.</summary>
    public double[][] Logits(int[] tokens)
    {
        var x = Array.ConvertAll(tokens, t => Row("model.embed_tokens.weight", t));
        for (var layer = 0; layer < (int)model.Config["num_hidden_layers"]!; layer++)
        {
            var name = $"model.layers.{layer}.";
            var mixed = Attention(Array.ConvertAll(x, r => Norm(r, name + "input_layernorm.weight")), name + "self_attn.");
            for (var t = 0; t < x.Length; t++)
            {
                x[t] = Sum(x[t], mixed[t]);
                x[t] = Sum(x[t], Mlp(Norm(x[t], name + "post_attention_layernorm.weight"), name + "mlp."));
            }
        }

        var head = model.Tensors.ContainsKey("lm_head.weight") ? "lm_head" : "model.embed_tokens";
        return Array.ConvertAll(x, r => Product(Norm(r, "model.norm.weight"), head));
    }

    private double[][] Attention(double[][] x, string name)
    {
        var q = x.Select((r, t) => Rotated(Product(r, name + "q_proj"), t)).ToArray();
        var k = x.Select((r, t) => Rotated(Product(r, name + "k_proj"), t)).ToArray();
        var v = Array.ConvertAll(x, r => Product(r, name + "v_proj"));
        var mixed = new double[x.Length][];
        for (var t = 0; t < x.Length; t++)
        {
            var row = new double[_heads * _size];
            for (var head = 0; head < _heads; head++)
            {
                var group = head / (_heads / _kvHeads);
                var scores = Enumerable.Range(0, t + 1).Select(j => Enumerable.Range(0, _size).Sum(
                    i => q[t][head * _size + i] * k[j][group * _size + i]) / Math.Sqrt(_size)).ToArray();
                var weights = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = 0; i < _size; i++)
                    row[head * _size + i] = Enumerable.Range(0, t + 1).Sum(j => weights[j] / weights.Sum() * v[j][group * _size + i]);
            }

            mixed[t] = Product(row, name + "o_proj");
        }

        return mixed;
    }

    private double[] Rotated(double[] x, int position)
    {
        var y = new double[x.Length];
        var half = _size / 2;
        for (var i = 0; i < x.Length; i++)
        {
            var pair = i % _size % half;
            var angle = position * Frequency(pair);
            var other = i % _size < half ? -x[i + half] : x[i - half];
            y[i] = x[i] * (float)Math.Cos(angle) + other * (float)Math.Sin(angle);
        }

        return y;
    }

    private double[] Mlp(double[] x, string name)
    {
        var (gate, up) = (Product(x, name + "gate_proj"), Product(x, name + "up_proj"));
        return Product([.. gate.Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])], name + "down_proj");
    }

    /// <summary>x @ transposed weight + bias, where there is one.</summary>
    private double[] Product(double[] x, string name)
    {
        var weight = model.Tensors[name + ".weight"];
        var y = new double[weight.Shape[0]];
        for (var o = 0; o < y.Length; o++)
        {
            for (var i = 0; i < x.Length; i++) y[o] += x[i] * weight.Values[o * x.Length + i];
            if (model.Tensors.TryGetValue(name + ".bias", out var bias)) y[o] += bias.Values[o];
        }

        return y;
    }

    private double[] Norm(double[] x, string name)
    {
        var scale = 1 / Math.Sqrt(x.Sum(v => v * v) / x.Length + _epsilon);
        return [.. x.Select((v, i) => v * scale * model.Tensors[name].Values[i])];
    }

    private double[] Row(string name, int row) => model.Tensors[name].Values[(row * _dim)..((row + 1) * _dim)];

    private static double[] Sum(double[] a, double[] b) => [.. a.Select((v, i) => v + b[i])];
}
