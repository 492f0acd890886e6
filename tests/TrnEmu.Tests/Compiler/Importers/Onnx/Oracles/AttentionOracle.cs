namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Attention as its formula says: softmax(scale * q k + bias) v, by loops over [batch, heads, rows, size].</summary>
internal static class AttentionOracle
{
    /// <summary>What heads give; <paramref name="bias"/> of (batch, head, query, key) is minus infinity where masked.</summary>
    public static Nd Heads(Nd q, Nd k, Nd v, double? scale, Func<int, int, int, int, double> bias)
    {
        var (rows, keys, share) = (q.Shape[2], k.Shape[2], q.Shape[1] / k.Shape[1]);
        var result = new Nd(q.Shape[0], q.Shape[1], rows, v.Shape[3]);
        var factor = scale ?? 1 / Math.Sqrt(q.Shape[3]);
        foreach (var i in Nd.Indices([q.Shape[0], q.Shape[1], rows]))
        {
            var weights = new double[keys];
            for (var j = 0; j < keys; j++)
            {
                for (var d = 0; d < q.Shape[3]; d++) weights[j] += q[i[0], i[1], i[2], d] * k[i[0], i[1] / share, j, d];
                weights[j] = weights[j] * factor + bias(i[0], i[1], i[2], j);
            }

            var largest = weights.Max();
            var total = weights.Sum(w => Math.Exp(w - largest));
            for (var d = 0; d < v.Shape[3]; d++)
                for (var j = 0; j < keys; j++)
                    result[i[0], i[1], i[2], d] += Math.Exp(weights[j] - largest) / total * v[i[0], i[1] / share, j, d];
        }

        return result;
    }

    /// <summary>[batch, rows, heads * size] as [batch, heads, rows, size], from a column on.</summary>
    public static Nd Split(Nd x, int heads, int size, int from = 0) => Nd.Make(
        [x.Shape[0], heads, x.Shape[1], size], i => x[i[0], i[2], from + i[1] * size + i[3]]);

    /// <summary>[batch, heads, rows, size] as [batch, rows, heads * size].</summary>
    public static Nd Join(Nd x) => Nd.Make(
        [x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]], i => x[i[0], i[2] / x.Shape[3], i[1], i[2] % x.Shape[3]]);

    /// <summary>Rows of heads behind earlier ones.</summary>
    public static Nd Append(Nd? past, Nd x) => past is null ? x : Nd.Make(
        [x.Shape[0], x.Shape[1], past.Shape[2] + x.Shape[2], x.Shape[3]],
        i => i[2] < past.Shape[2] ? past[i] : x[i[0], i[1], i[2] - past.Shape[2], i[3]]);

    /// <summary>Rotates the first 2 * width numbers of each head by the angles of its position.</summary>
    public static Nd Rotate(Nd x, Nd cos, Nd sin, bool interleaved, Func<int, int, int> position) => Nd.Make(x.Shape, i =>
    {
        var (half, d, p) = (cos.Shape[1], i[3], position(i[0], i[2]));
        if (d >= 2 * half) return x[i];
        var (angle, isFirst) = interleaved ? (d / 2, d % 2 == 0) : (d % half, d < half);
        var other = interleaved ? d ^ 1 : (d + half) % (2 * half);
        var pair = x[i[0], i[1], i[2], other];
        return x[i] * cos[p, angle] + (isFirst ? -pair : pair) * sin[p, angle];
    });
}
