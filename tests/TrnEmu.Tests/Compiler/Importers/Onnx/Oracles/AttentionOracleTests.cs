using TrnEmu.Compiler.Importers.Onnx;
using static TrnEmu.Tests.Compiler.Importers.Onnx.Oracles.AttentionOracle;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>The attentions of ONNX Runtime.</summary>
public sealed class AttentionOracleTests
{
    private const double Never = double.NegativeInfinity;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Grouped_queries(bool rotary) => Oracle.Run(
        17,
        test =>
        {
            var (groups, share, half) = (test.Random.Next(1, 3), test.Random.Next(1, 4), test.Random.Next(1, 5));
            var (batch, rows, past) = (test.Random.Next(1, 3), test.Random.Next(1, 5), test.Coin() ? test.Random.Next(1, 5) : 0);
            var (heads, size, total) = (groups * share, 2 * half + (test.Coin() && !rotary ? 1 : 0), past + rows);
            var isPacked = test.Coin();
            Nd q, k, v;
            if (isPacked)
            {
                var packed = test.Floats("q", [batch, rows, (heads + 2 * groups) * size]);
                (q, k, v) = (Split(packed, heads, size), Split(packed, groups, size, heads * size),
                    Split(packed, groups, size, (heads + groups) * size));
            }
            else
            {
                q = Split(test.Floats("q", [batch, rows, heads * size]), heads, size);
                k = Split(test.Floats("k", [batch, rows, groups * size]), groups, size);
                v = Split(test.Floats("v", [batch, rows, groups * size]), groups, size);
            }

            var (pk, pv) = past == 0 ? (null, null) : (test.Floats("pk", [batch, groups, past, size]), test.Floats("pv", [batch, groups, past, size]));
            test.Constant("lengths", new Nd([batch], [.. Enumerable.Repeat(total - 1.0, batch)]), OnnxType.Int32);
            test.Scalar("total", total, OnnxType.Int32);
            var inputs = $"q, {(isPacked ? "," : "k, v")}, {(past == 0 ? "," : "pk, pv")}, lengths, total";
            var interleaved = test.Coin();
            if (rotary)
            {
                var (cos, sin) = (test.Floats("cos", [total + 2, half]), test.Floats("sin", [total + 2, half]));
                (q, k) = (Rotate(q, cos, sin, interleaved, (_, s) => past + s), Rotate(k, cos, sin, interleaved, (_, s) => past + s));
                inputs += ", cos, sin";
            }

            var window = test.Coin() ? test.Random.Next(1, 5) : -1;
            var scale = test.Coin() ? 0.7 : (double?)null;
            var extra = test.Coin() ? test.Floats("extra", [test.Coin() ? batch : 1, test.Coin() ? heads : 1, rows, total]) : null;
            if (extra is not null) inputs += rotary ? ", , extra" : ", , , , extra";
            test.Node("y, ak, av", "com.microsoft/GroupQueryAttention", inputs, OracleCase.Int("num_heads", heads),
                OracleCase.Int("kv_num_heads", groups), OracleCase.Int("do_rotary", rotary ? 1 : 0),
                OracleCase.Int("rotary_interleaved", interleaved ? 1 : 0), OracleCase.Int("local_window_size", window),
                OracleCase.Float("scale", scale));
            var (allKeys, allValues) = (Append(pk, k), Append(pv, v));
            test.Expect("y", Join(Heads(q, allKeys, allValues, scale, (b, h, i, j) =>
                j <= past + i && (window < 0 || j > past + i - window) ? extra?.Broadcast([b, h, i, j]) ?? 0 : Never)));
            test.Expect("ak", allKeys);
            test.Expect("av", allValues);
        });

    [Theory]
    [InlineData("lengths", null, 0)]
    [InlineData("same", "causal", 0)]
    [InlineData("same", "sliding_window_cache", 1)]
    [InlineData("same", "smooth_softmax", 1)]
    public void Grouped_queries_in_other_forms_are_refused(string lengths, string? attribute, int value) => Oracle.Refused(
        17,
        test =>
        {
            foreach (var name in (string[])["q", "k", "v"]) test.Floats(name, [2, 1, 8]);
            foreach (var name in (string[])["pk", "pv"]) test.Floats(name, [2, 2, 3, 4]);
            test.Constant("lengths", new Nd([2], [1, 3]), OnnxType.Int32);
            test.Constant("same", new Nd([2], [3, 3]), OnnxType.Int32);
            test.Scalar("total", 4, OnnxType.Int32);
            test.Node("y", "com.microsoft/GroupQueryAttention", $"q, k, v, pk, pv, {lengths}, total", OracleCase.Int("num_heads", 2),
                OracleCase.Int("kv_num_heads", 2), attribute is null ? null : OracleCase.Int(attribute, value));
            test.Output("y");
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_heads(int masked) => Oracle.Run(
        17,
        test =>
        {
            var (batch, heads, rows, keys) = (test.Random.Next(1, 3), test.Random.Next(1, 4), test.Random.Next(1, 5), test.Random.Next(2, 6));
            var (size, vsize, causal) = (test.Random.Next(1, 7), test.Random.Next(1, 7), test.Coin());
            if (causal) keys = rows;
            var (q, k, v) = (test.Floats("q", [batch, rows, heads * size]), test.Floats("k", [batch, keys, heads * size]), test.Floats("v", [batch, keys, heads * vsize]));
            var bias = test.Coin() ? test.Floats("bias", [heads * (2 * size + vsize)]) : null;
            var form = causal ? 0 : masked;
            var mask = form switch
            {
                1 => test.Whole("mask", [batch], 1, keys, OnnxType.Int32),
                2 => test.Input("mask", Nd.Make([batch, keys], i => i[1] == i[0] ? 1 : test.Random.Next(2)), OnnxType.Int32),
                3 => test.Input("mask", Nd.Make([batch, rows, keys], i => i[2] == i[0] ? 1 : test.Random.Next(2)), OnnxType.Int32),
                _ => null,
            };
            var extra = test.Coin() ? test.Floats("extra", [test.Coin() ? batch : 1, test.Coin() ? heads : 1, rows, keys]) : null;
            var scale = test.Coin() ? 0.3 : (double?)null;
            var inputs = $"q, k, v, {(bias is null ? "" : "bias")}, {(mask is null ? "" : "mask")}, {(extra is null ? "" : "extra")}";
            test.Node("y", "com.microsoft/MultiHeadAttention", inputs.TrimEnd(',', ' '), OracleCase.Int("num_heads", heads),
                OracleCase.Int("unidirectional", causal ? 1 : 0), OracleCase.Float("scale", scale));
            Nd Biased(Nd x, int from) => bias is null ? x : Nd.Make(x.Shape, i => x[i] + bias[from + i[2]]);
            bool Sees(int b, int i, int j) => (!causal || j <= i) && form switch
            {
                1 => j < mask![b],
                2 => mask![b, j] != 0,
                3 => mask![b, i, j] != 0,
                _ => true,
            };
            test.Expect("y", Join(Heads(
                Split(Biased(q, 0), heads, size), Split(Biased(k, heads * size), heads, size),
                Split(Biased(v, 2 * heads * size), heads, vsize), scale,
                (b, h, i, j) => Sees(b, i, j) ? extra?.Broadcast([b, h, i, j]) ?? 0 : Never)));
        },
        5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Many_heads_with_packed_operands_and_past(int form) => Oracle.Run(
        17,
        test =>
        {
            var (batch, heads, rows, size, past) = (test.Random.Next(1, 3), test.Random.Next(1, 4), test.Random.Next(1, 5), test.Random.Next(1, 6), test.Random.Next(1, 4));
            Nd q, k, v;
            if (form == 0)
            {
                var packed = test.Floats("q", [batch, rows, heads, 3, size]);
                Nd Part(int p) => Nd.Make([batch, heads, rows, size], i => packed[i[0], i[2], i[1], p, i[3]]);
                (q, k, v) = (Part(0), Part(1), Part(2));
            }
            else if (form == 1)
            {
                q = Split(test.Floats("q", [batch, rows, heads * size]), heads, size);
                var packed = test.Floats("k", [batch, rows, heads, 2, size]);
                Nd Part(int p) => Nd.Make([batch, heads, rows, size], i => packed[i[0], i[2], i[1], p, i[3]]);
                (k, v) = (Part(0), Part(1));
            }
            else
            {
                q = Split(test.Floats("q", [batch, rows, heads * size]), heads, size);
                k = Split(test.Floats("k", [batch, rows, heads * size]), heads, size);
                v = Split(test.Floats("v", [batch, rows, heads * size]), heads, size);
            }

            Nd? pk = null, pv = null;
            if (form == 2) (pk, pv) = (test.Floats("pk", [batch, heads, past, size]), test.Floats("pv", [batch, heads, past, size]));
            var inputs = form switch { 0 => "q", 1 => "q, k", _ => "q, k, v, , , , pk, pv" };
            test.Node(form == 2 ? "y, ak, av" : "y", "com.microsoft/MultiHeadAttention", inputs, OracleCase.Int("num_heads", heads));
            test.Expect("y", Join(Heads(q, Append(pk, k), Append(pv, v), null, (_, _, _, _) => 0)));
            if (form != 2) return;
            test.Expect("ak", Append(pk, k));
            test.Expect("av", Append(pv, v));
        },
        5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Attention_of_one_weight(int form) => Oracle.Run(
        17,
        test =>
        {
            var (batch, heads, rows, size) = (test.Random.Next(1, 3), test.Random.Next(1, 4), test.Random.Next(1, 5), test.Random.Next(1, 6));
            var (past, width) = (test.Coin() ? test.Random.Next(1, 4) : 0, test.Random.Next(1, 9));
            var vsize = past == 0 && test.Coin() ? test.Random.Next(1, 6) : size;
            var total = past + rows;
            var (x, w) = (test.Floats("x", [batch, rows, width]), test.Floats("w", [width, heads * (2 * size + vsize)], -0.5, 0.5));
            var bias = test.Coin() ? test.Floats("b", [heads * (2 * size + vsize)]) : null;
            var mask = form switch
            {
                1 => test.Whole("mask", [batch], 1, total, OnnxType.Int32),
                2 => test.Input("mask", Nd.Make([2 * batch], i => i[0] < batch ? total - i[0] % 2 * (total - 1) / 2 : (i[0] - batch) % 2 * (total - 1) / 3), OnnxType.Int32),
                3 => test.Input("mask", Nd.Make([batch, total], i => i[1] == 0 ? 1 : test.Random.Next(2)), OnnxType.Int32),
                4 => test.Input("mask", Nd.Make([batch, rows, total], i => i[2] == 0 ? 1 : test.Random.Next(2)), OnnxType.Int32),
                5 => test.Input("mask", Nd.Make([batch, 1, total + 2, total + 2], i => i[3] == 0 ? 1 : test.Random.Next(2)), OnnxType.Int32),
                _ => null,
            };
            var causal = form != 2 && test.Coin();
            var state = past == 0 ? null : test.Floats("past", [2, batch, heads, past, size]);
            var extra = test.Coin() ? test.Floats("extra", [test.Coin() ? batch : 1, test.Coin() ? heads : 1, rows, total]) : null;
            var scale = test.Coin() ? 0.4 : (double?)null;
            var inputs = $"x, w, {(bias is null ? "" : "b")}, {(mask is null ? "" : "mask")}, {(state is null ? "" : "past")}, {(extra is null ? "" : "extra")}";
            test.Node(past == 0 ? "y" : "y, present", "com.microsoft/Attention", inputs.TrimEnd(',', ' '),
                OracleCase.Int("num_heads", heads), OracleCase.Int("unidirectional", causal ? 1 : 0), OracleCase.Float("scale", scale),
                vsize == size ? null : OracleCase.Ints("qkv_hidden_sizes", heads * size, heads * size, heads * vsize));
            var all = Nd.Make([batch, rows, w.Shape[1]], i =>
                Enumerable.Range(0, width).Sum(c => x[i[0], i[1], c] * w[c, i[2]]) + (bias?[i[2]] ?? 0));
            Nd? Past(int which) => state is null ? null : Nd.Make([batch, heads, past, size], i => state[[which, .. i]]);
            var k = Append(Past(0), Split(all, heads, size, heads * size));
            var v = Append(Past(1), Split(all, heads, vsize, 2 * heads * size));
            bool Sees(int b, int i, int j) => (!causal || j <= past + i) && form switch
            {
                1 => j < mask![b],
                2 => j < mask![b] && j >= mask[batch + b],
                3 => mask![b, j] != 0,
                4 => mask![b, i, j] != 0,
                5 => mask![b, 0, past + i, j] != 0,
                _ => true,
            };
            test.Expect("y", Join(Heads(Split(all, heads, size), k, v, scale, (b, h, i, j) =>
                Sees(b, i, j) ? extra?.Broadcast([b, h, i, j]) ?? 0 : Never)));
            if (past > 0) test.Expect("present", Nd.Make([2, batch, heads, total, size], i => (i[0] == 0 ? k : v)[i[1..]]));
        },
        6);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rotations(bool contributed) => Oracle.Run(
        contributed ? 17 : 23,
        test =>
        {
            var (batch, heads, rows, half) = (test.Random.Next(1, 4), test.Random.Next(1, 4), test.Random.Next(1, 6), test.Random.Next(1, 5));
            var part = test.Coin();
            var size = 2 * half + (part ? 2 : 0);
            var flat = test.Coin();
            var x = test.Floats("x", flat ? [batch, rows, heads * size] : [batch, heads, rows, size]);
            var (cos, sin) = (test.Floats("cos", [rows + 4, half]), test.Floats("sin", [rows + 4, half]));
            var single = contributed && test.Coin();
            var ids = single ? test.Whole("ids", [1], 0, 4) : test.Whole("ids", [batch, rows], 0, rows + 3);
            var interleaved = test.Coin();
            test.Node("y", contributed ? "com.microsoft/RotaryEmbedding" : "RotaryEmbedding",
                contributed ? "x, ids, cos, sin" : "x, cos, sin, ids", OracleCase.Int("interleaved", interleaved ? 1 : 0),
                flat || part ? OracleCase.Int("num_heads", heads) : null, part ? OracleCase.Int("rotary_embedding_dim", 2 * half) : null);
            var turned = Rotate(flat ? Split(x, heads, size) : x, cos, sin, interleaved,
                (b, s) => single ? (int)ids.Values[0] + s : (int)ids[b, s]);
            test.Expect("y", flat ? Join(turned) : turned);
        });
}
