using TrnEmu.Compiler.Importers.Onnx;
using static TrnEmu.Tests.Compiler.Importers.Onnx.Oracles.AttentionOracle;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>The standard Attention: masks, windows, past and caches that are filled in part.</summary>
public sealed class StandardAttentionOracleTests
{
    [Theory]
    [InlineData(23, 0)]
    [InlineData(23, 1)]
    [InlineData(23, 2)]
    [InlineData(25, 0)]
    [InlineData(25, 1)]
    [InlineData(25, 2)]
    [InlineData(25, 3)]
    public void Attention(long opset, int form) => Oracle.Run(
        opset,
        test =>
        {
            var (batch, groups, share, size) = (test.Random.Next(1, 3), test.Random.Next(1, 3), test.Random.Next(1, 3), test.Random.Next(1, 7));
            var (rows, vsize, heads) = (test.Random.Next(1, 5), test.Random.Next(1, 7), groups * share);
            var past = form == 3 ? 0 : test.Random.Next(0, 4);
            var keys = form == 3 ? rows + test.Random.Next(0, 4) : rows;
            var total = past + keys;
            var flat = test.Coin();
            Nd Given(string name, int count, int length, int width) => flat
                ? Split(test.Floats(name, [batch, length, count * width]), count, width)
                : test.Floats(name, [batch, count, length, width]);
            var (q, k, v) = (Given("q", heads, rows, size), Given("k", groups, keys, size), Given("v", groups, keys, vsize));
            var (pk, pv) = past == 0 ? (null, null) : (test.Floats("pk", [batch, groups, past, size]), test.Floats("pv", [batch, groups, past, vsize]));
            var mask = form switch
            {
                1 => test.Whole("mask", [test.Coin() ? batch : 1, 1, rows, total], 0, 1, OnnxType.Bool),
                2 => test.Floats("mask", test.Coin() ? [rows, total] : [batch, heads, rows, total]),
                _ => null,
            };
            var lengths = form == 3 ? test.Whole("lengths", [batch], rows, keys) : null;
            var causal = test.Coin();
            var left = opset >= 25 && test.Coin() ? test.Random.Next(0, 4) : (int?)null;
            var right = opset >= 25 && test.Coin() ? test.Random.Next(0, 4) : (int?)null;
            var scale = test.Coin() ? 0.6 : (double?)null;
            var inputs = $"q, k, v, {(mask is null ? "" : "mask")}, {(past == 0 ? "," : "pk, pv")}, {(lengths is null ? "" : "lengths")}";
            test.Node("y", "Attention", inputs.TrimEnd(',', ' '), OracleCase.Int("is_causal", causal ? 1 : 0),
                flat ? OracleCase.Int("q_num_heads", heads) : null, flat ? OracleCase.Int("kv_num_heads", groups) : null,
                OracleCase.Float("scale", scale), OracleCase.Int("left_window_size", left), OracleCase.Int("right_window_size", right));
            double Bias(int b, int h, int i, int j)
            {
                var place = i + (lengths is null ? past : (int)lengths[b] - rows);
                var isSeen = (!causal || j <= place) && (left is null || j >= place - left) && (right is null || j <= place + right)
                    && (lengths is null || j < lengths[b]) && (form != 1 || mask!.Broadcast([b, h, i, j]) != 0);
                return !isSeen ? double.NegativeInfinity : form == 2 ? mask!.Broadcast([b, h, i, j]) : 0;
            }

            var y = Heads(q, Append(pk, k), Append(pv, v), scale, Bias);
            y = y.Map(value => double.IsNaN(value) ? 0 : value);
            test.Expect("y", flat ? Join(y) : y);
        },
        6);
}
