using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Products of matrices: fused, quantised and written as sums over letters.</summary>
public sealed class ProductOracleTests
{
    [Fact]
    public void Fused_products() => Oracle.Run(
        17,
        test =>
        {
            var (m, k, n) = (test.Random.Next(1, 9), test.Random.Next(1, 9), test.Random.Next(1, 9));
            var (left, right) = (test.Shape(test.Random.Next(0, 3), 3), Array.Empty<int>());
            if (test.Coin()) right = left.Select(e => test.Coin() ? e : 1).ToArray();
            var (ta, tb) = (test.Coin(), test.Coin());
            var alpha = test.Coin() ? 0.5 : (double?)null;
            var a = test.Floats("a", ta ? [.. left, k, m] : [.. left, m, k]);
            var b = test.Floats("b", tb ? [.. right, n, k] : [.. right, k, n]);
            test.Node("y", "com.microsoft/FusedMatMul", "a, b", OracleCase.Int("transA", ta ? 1 : 0),
                OracleCase.Int("transB", tb ? 1 : 0), OracleCase.Float("alpha", alpha));
            test.Expect("y", Nd.Make([.. left, m, n], i => (alpha ?? 1) * Enumerable.Range(0, k).Sum(c =>
                a.Broadcast(ta ? [.. i[..^2], c, i[^2]] : [.. i[..^2], i[^2], c])
                * b.Broadcast(tb ? [.. i[..^2], i[^1], c] : [.. i[..^2], c, i[^1]]))));
        });

    [Fact]
    public void Batches_inside_matrices() => Oracle.Run(
        17,
        test =>
        {
            var (m, k, n, batch) = (test.Random.Next(1, 6), test.Random.Next(1, 6), test.Random.Next(1, 6), test.Random.Next(1, 4));
            var turned = test.Coin();
            var (a, b) = (test.Floats("a", [m, batch, k]), test.Floats("b", turned ? [n, batch, k] : [k, batch, n]));
            test.Node("y", "com.microsoft/FusedMatMul", "a, b", OracleCase.Int("transBatchA", 1), OracleCase.Int("transBatchB", 1),
                OracleCase.Int("transB", turned ? 1 : 0));
            test.Expect("y", Nd.Make([batch, m, n], i => Enumerable.Range(0, k).Sum(
                c => a[i[1], i[0], c] * (turned ? b[i[2], i[0], c] : b[c, i[0], i[2]]))));
        },
        4);

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("bij,bjk->bik")]
    [InlineData("bhqd,bhkd->bhqk")]
    [InlineData("bqhd,bkhd->bhqk")]
    [InlineData("bhqk,bkhd->bqhd")]
    [InlineData("ij->ji")]
    [InlineData("ij->")]
    [InlineData("ij->j")]
    [InlineData("ii->i")]
    [InlineData("ii")]
    [InlineData("iij,k")]
    [InlineData("ij,jk")]
    [InlineData("i,j->ij")]
    [InlineData("i,i->")]
    [InlineData("ijk,ik->ij")]
    [InlineData("abc,cd,de->abe")]
    [InlineData("...ij,...jk->...ik")]
    [InlineData("b...d,d->b...")]
    [InlineData("bsd,dhk->bshk")]
    [InlineData("Bc , cA -> AB")]
    [InlineData("bid,bjd,bkd->bijk")]
    public void Sums_over_letters(string equation) => Oracle.Run(
        12,
        test =>
        {
            // Dots stand for two dimensions here, Y and Z.
            var plain = equation.Replace(" ", "").Replace("...", "YZ");
            var sides = plain.Split("->");
            var terms = sides[0].Split(',');
            var extents = sides[0].Where(char.IsLetter).Distinct().ToDictionary(c => c, _ => test.Random.Next(1, 5));
            var letters = sides.Length > 1 ? sides[1] : new string(
                [.. extents.Keys.Where(c => sides[0].Count(l => l == c) == 1).Order()]);
            var operands = terms.Select((t, n) => test.Floats($"x{n}", [.. t.Select(c => extents[c])])).ToArray();
            test.Node("y", "Einsum", string.Join(", ", terms.Select((_, n) => $"x{n}")), OracleCase.Text("equation", equation));
            var result = new Nd([.. letters.Select(c => extents[c])]);
            char[] all = [.. extents.Keys];
            foreach (var index in Nd.Indices([.. all.Select(c => extents[c])]))
            {
                int[] Of(string term) => [.. term.Select(c => index[Array.IndexOf(all, c)])];
                result[Of(letters)] += terms.Select((t, n) => operands[n][Of(t)]).Aggregate((a, b) => a * b);
            }

            test.Expect("y", result);
        },
        2);

    [Fact]
    public void Products_of_bytes() => Oracle.Run(
        10,
        test =>
        {
            var batch = test.Shape(test.Random.Next(0, 2), 3);
            var (m, k, n) = (test.Random.Next(1, 9), test.Random.Next(1, 40), test.Random.Next(1, 9));
            var (ta, tb) = (Byte(test), Byte(test));
            var (a, b) = (Bytes(test, "a", [.. batch, m, k], ta), Bytes(test, "b", [k, n], tb));
            var az = test.Coin() ? Bytes(test, "az", test.Coin() ? [] : [m], ta) : null;
            var bz = test.Coin() ? Bytes(test, "bz", test.Coin() ? [] : [n], tb) : null;
            test.Node("y", "MatMulInteger", bz is null ? az is null ? "a, b" : "a, b, az" : az is null ? "a, b, , bz" : "a, b, az, bz");
            test.Expect("y", Nd.Make([.. batch, m, n], i => Enumerable.Range(0, k).Sum(c =>
                (a[[.. i[..^1], c]] - One(az, i[^2])) * (b[c, i[^1]] - One(bz, i[^1])))), OnnxType.Int32);
        });

    [Fact]
    public void Quantised_products() => Oracle.Run(
        10,
        test =>
        {
            var (m, k, n) = (test.Random.Next(1, 9), test.Random.Next(1, 20), test.Random.Next(1, 9));
            var (ta, tb, ty) = (Byte(test), Byte(test), Byte(test));
            var (a, b) = (Bytes(test, "a", [m, k], ta), Bytes(test, "b", [k, n], tb));
            int[] rows = test.Coin() ? [m] : [], columns = test.Coin() ? [n] : [];

            // Powers of two: every step is exact in fp32, so ties round one way only.
            Nd Scale(string name, int[] shape, int low, int high) =>
                test.Input(name, Nd.Make(shape, _ => Math.Pow(2, test.Random.Next(low, high))), OnnxType.Float);
            var (sa, za) = (Scale("sa", rows, -3, 0), Bytes(test, "za", rows, ta));
            var (sb, zb) = (Scale("sb", columns, -3, 0), Bytes(test, "zb", columns, tb));
            var (sy, zy) = (Scale("sy", [], 2, 6), Bytes(test, "zy", [], ty));
            test.Node("y", "QLinearMatMul", "a, sa, za, b, sb, zb, sy, zy");
            var (low, high) = ty == OnnxType.UInt8 ? (0, 255) : (-128, 127);
            test.Expect("y", Nd.Make([m, n], i =>
            {
                var sum = Enumerable.Range(0, k).Sum(c => (a[i[0], c] - One(za, i[0])) * (b[c, i[1]] - One(zb, i[1])));
                var scaled = sum * One(sa, i[0]) * One(sb, i[1]) / sy.Values[0];
                return Math.Clamp(Math.Round(scaled, MidpointRounding.ToEven) + zy.Values[0], low, high);
            }), ty);
        });

    private static double One(Nd? values, int index) =>
        values is null ? 0 : values.Values[values.Values.Length == 1 ? 0 : index];

    private static OnnxType Byte(OracleCase test) => test.Coin() ? OnnxType.UInt8 : OnnxType.Int8;

    private static Nd Bytes(OracleCase test, string name, int[] shape, OnnxType type) =>
        type == OnnxType.UInt8 ? test.Whole(name, shape, 0, 255, type) : test.Whole(name, shape, -128, 127, type);
}
